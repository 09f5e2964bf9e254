-- The fence around visitors: their stanzas reach the friend and nobody else, and they hear nobody else.
-- Refused requests and messages are answered as by an address where nobody is, whoever may be there.
local jid = require "util.jid";
local st = require "util.stanza";

local friend = assert(module:get_option_string("befriend_friend"), "befriend_friend names the friend's domain");
local account = module:get_option_string("befriend_friend_account");
local subscriptions = { subscribe = true, subscribed = true, unsubscribe = true, unsubscribed = true };
local answers = { result = true, error = true };
local needed = { ["urn:ietf:params:xml:ns:xmpp-session"] = true, ["urn:xmpp:ping"] = true };

local function refuse(event)
	local stanza = event.stanza;
	if stanza.name ~= "presence" and not answers[stanza.attr.type] then
		event.origin.send(st.error_reply(stanza, "cancel", "service-unavailable"));
	end
	return true;
end

-- The component, and an account where the friend logs in as one.
local function is_friend(address)
	return address ~= nil and (jid.host(address) == friend or jid.bare(address) == account);
end

-- What a connection needs of its own server: the session of RFC 3921, pings, answers, its own presence.
local function is_own(origin, stanza)
	local to = stanza.attr.to;
	if stanza.name == "presence" then
		return to == nil or to == jid.bare(origin.full_jid);
	elseif stanza.name == "iq" and (to == nil or to == module.host or to == jid.bare(origin.full_jid)) then
		return answers[stanza.attr.type] or needed[stanza.tags[1] and stanza.tags[1].attr.xmlns];
	end
end

-- All that a visitor sends, before anything is routed.
module:hook("pre-stanza", function (event)
	local stanza = event.stanza;
	local is_subscription = stanza.name == "presence" and subscriptions[stanza.attr.type];
	if not is_subscription and (is_friend(stanza.attr.to) or is_own(event.origin, stanza)) then return; end
	return refuse(event);
end, 1000);

-- All that is routed to a visitor; what comes from this host has passed the hook above.
local function receive(event)
	local from = event.stanza.attr.from;
	if is_friend(from) or jid.host(from) == module.host then return; end
	return refuse(event);
end

for _, kind in ipairs { "message", "presence", "iq" } do
	for _, address in ipairs { "full", "bare", "host" } do
		module:hook(kind.."/"..address, receive, 1000);
	end
end

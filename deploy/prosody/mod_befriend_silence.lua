-- Ends a visitor's WebSocket that answered no ping, so that the friend hears of it and what is sent to it bounces.
-- Prosody pings after each silence of read_timeout seconds, and by itself waits for TCP to give up.
local filters = require "util.filters";

local function watch(session)
	filters.add_filter(session, "bytes/in", function (data)
		session.befriend_pinged = nil;
		return data;
	end, 1001);
end

filters.add_filter_hook(watch);
function module.unload() filters.remove_filter_hook(watch); end

module:hook("c2s-read-timeout", function (event)
	local session = event.session;
	if not session.websocket_request then return; end
	if session.befriend_pinged then return false; end
	session.befriend_pinged = true;
end, 10);

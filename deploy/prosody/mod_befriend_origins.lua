-- Keeps pages of other origins from the WebSocket. A program that sends no Origin header always passes.
module:set_global();

local server = require "net.http.server";
local origins = module:get_option_set("befriend_origins", {});

local function check(event)
	local origin = event.request.headers.origin;
	if origin and not origins:empty() and not origins:contains(origin:lower()) then return 403; end
end

for _, path in ipairs { "/xmpp-websocket", "/xmpp-websocket/" } do
	module:hook_object_event(server, "GET "..path, check, 1000);
end

%% The fence around visitors: their stanzas reach the friend and nobody else, and they hear nobody else.
%% Refused requests and messages are answered as by an address where nobody is, whoever may be there.
-module(mod_befriend_fence).

-export([start/2, stop/1, reload/3, depends/2, mod_options/1, mod_opt_type/1, mod_doc/0, sent/1, received/1]).

start(Host, _Options) ->
    ejabberd_hooks:add(user_send_packet, Host, ?MODULE, sent, 5),
    ejabberd_hooks:add(user_receive_packet, Host, ?MODULE, received, 5).

stop(Host) ->
    ejabberd_hooks:delete(user_send_packet, Host, ?MODULE, sent, 5),
    ejabberd_hooks:delete(user_receive_packet, Host, ?MODULE, received, 5).

reload(_Host, _New, _Old) -> ok.
depends(_Host, _Options) -> [].
mod_options(_Host) -> [access].
mod_opt_type(access) -> econf:acl().
mod_doc() -> #{desc => "Keeps the users of a host to themselves and those to whom access is allowed."}.

%% Hook of a visitor's stream, before anything is routed.
sent({Stanza, State} = Passed) ->
    To = xmpp:get_to(Stanza),
    case not is_subscription(Stanza) andalso (is_friend(To, State) orelse is_own(Stanza, To, State)) of
        true -> Passed;
        false when element(1, Stanza) == presence -> {stop, {drop, State}};
        false -> {stop, {drop, xmpp_stream_in:send_error(State, Stanza, xmpp:err_service_unavailable())}}
    end.

%% Hook of a visitor's stream, for what was routed to it.
received({Stanza, State} = Passed) ->
    case is_friend(xmpp:get_from(Stanza), State) orelse is_from_self(xmpp:get_from(Stanza), State) of
        true -> Passed;
        false when element(1, Stanza) == presence -> {stop, {drop, State}};
        false ->
            ejabberd_router:route_error(Stanza, xmpp:err_service_unavailable()),
            {stop, {drop, State}}
    end.

is_friend(Address, #{lserver := Host}) ->
    acl:match_rule(Host, gen_mod:get_module_opt(Host, ?MODULE, access), Address) == allow.

%% What a connection needs of its own server: the session of RFC 3921, pings, answers, its own presence. A stanza
%% without an address comes as one to the visitor's own bare JID.
is_own(Stanza, To, #{lserver := Host, jid := Self}) ->
    {User, _, _} = jid:tolower(Self),
    case {element(1, Stanza), jid:tolower(To)} of
        {presence, {User, Host, <<>>}} -> true;
        {iq, {Own, Host, <<>>}} when Own == User; Own == <<>> -> is_answer(Stanza) orelse is_needed(Stanza);
        _ -> false
    end.

%% Without mod_roster a subscription ends the stream of whoever sends it, with a report in the log.
is_subscription(Stanza) ->
    lists:member(xmpp:get_type(Stanza), [subscribe, subscribed, unsubscribe, unsubscribed]).

is_answer(Iq) -> lists:member(xmpp:get_type(Iq), [result, error]).

is_needed(Iq) ->
    Known = [<<"urn:ietf:params:xml:ns:xmpp-session">>, <<"urn:xmpp:ping">>],
    lists:all(fun(Element) -> lists:member(xmpp:get_ns(Element), Known) end, xmpp:get_els(Iq)).

is_from_self(From, #{lserver := Host, jid := Self}) ->
    {User, _, _} = jid:tolower(Self),
    case jid:tolower(From) of
        {Own, Host, _} -> Own == User orelse Own == <<>>;
        _ -> false
    end.

// A classic script before the widget's tag: the one-time token is out of the address bar before anything else runs.
{
  window.befriend ??= Object.assign((...call) => window.befriend.q.push(call), { q: [] });

  const takeInvite = () => {
    const invite = location.hash.slice(1);
    const isToken = /^[\w.~+/=-]{16,}$/.test(invite);
    if (!isToken) return;
    history.replaceState(history.state, '', location.pathname + location.search);
    window.befriend('identify', { invite });
  };

  // A link that is pasted into this open page changes the fragment and loads nothing.
  addEventListener('hashchange', takeInvite);
  takeInvite();
}

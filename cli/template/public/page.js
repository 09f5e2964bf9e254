// Calls from before the chat is there wait in a queue; an action of our own is kept until the friend has answered.
window.befriend ??= (...call) => {
  window.befriend.q ??= [];
  window.befriend.q.push(call);
};

window.befriend('on', 'order.tracked', ({ body }) => {
  document.querySelector('output').textContent = `Order ${body.order} is ${body.state}.`;
});
document.querySelector('button').addEventListener('click', () => {
  window.befriend('emit', 'order.track', { order: 7 });
});

// Calls from before the chat is there wait in a queue.
window.befriend ??= (...call) => {
  window.befriend.q ??= [];
  window.befriend.q.push(call);
};

const game = 'room:table-1';
const output = document.querySelector('output');
const cells = Array.from({ length: 9 }, (_, cell) => {
  const button = document.querySelector('#board').appendChild(document.createElement('button'));
  button.type = 'button';
  button.ariaLabel = `Cell ${cell + 1}`;
  button.addEventListener('click', () => window.befriend('emit', 'move.make', { game, cell }));
  return button;
});

document.querySelector('#seat').addEventListener('click', () => window.befriend('emit', 'seat.take', { game }));

// Who looks on hears the same as who plays.
window.befriend('on', 'seat.taken', ({ body }) => {
  output.textContent = `${body.side} is seated.`;
});
window.befriend('on', 'game.started', () => {
  for (const cell of cells) cell.textContent = '';
  output.textContent = 'x begins.';
});
window.befriend('on', 'move.made', ({ body }) => {
  cells[body.cell].textContent = body.side;
  output.textContent = `${body.side === 'x' ? 'o' : 'x'} has a minute.`;
});
window.befriend('on', 'game.over', ({ body }) => {
  output.textContent = body.winner === undefined ? 'Nobody wins.' : `It is over, by ${body.why}.`;
});

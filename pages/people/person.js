window.befriend ??= Object.assign((...call) => window.befriend.q.push(call), { q: [] });

const people = new Map([
  ['Ann', { drawing: 'ebb-teapot', thing: 'the teapot' }],
  ['Bob', { drawing: 'tide-cups', thing: 'cups' }],
  ['Cem', { drawing: 'reed-vase', thing: 'the vase' }],
]);
const asked = new URLSearchParams(location.search).get('name');
const name = people.has(asked) ? asked : 'Ann';
const { drawing, thing } = people.get(name);
const { src, service, friend } = document.documentElement.dataset;

document.title = `${name}’s page`;
document.querySelector('main').ariaLabel = document.title;
document.getElementById('drawing').src = `/shop/${drawing}.svg`;
document.getElementById('looking').textContent = `${name} is looking at ${thing}`;
document.getElementById('open').addEventListener('click', () => window.befriend('open'));

const tag = document.createElement('script');
tag.async = true;
tag.src = src;
Object.assign(tag.dataset, {
  service,
  friend,
  conversation: 'room:lobby',
  scope: name.toLowerCase(),
  name,
  open: '',
});
document.head.append(tag);

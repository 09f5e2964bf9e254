import { ann, bea, conversation, desk, inGroup, on, type State, said, talk } from '../scene.ts';

const marks = [
  said(1, ann, '*Tide cups* are back, _all six_ of them. ~No~ shipping before `Friday`:', 9),
  said(2, ann, '> Do they stack?\nThey do.\n- small\n- large\n\n1. wash\n2. dry', 8),
  said(3, ann, '```\nglaze  = "ash"\ncone   = 9\n```\nSee https://saltmarsh.example/cups', 7),
];

const offers = {
  replies: [
    { id: 'yes', label: 'Yes, please' },
    { id: 'no', label: 'Not now' },
    { id: 'later', label: 'Remind me tomorrow morning' },
  ],
};

const form = {
  fields: [
    { id: 'name', label: 'Your name', kind: 'text', required: true },
    { id: 'mail', label: 'Email', kind: 'email', required: true, hint: 'For the answer alone' },
    {
      id: 'size',
      label: 'Size',
      kind: 'choice',
      options: [
        { id: 's', label: 'Small' },
        { id: 'l', label: 'Large' },
      ],
    },
    { id: 'news', label: 'Send me news', kind: 'yes' },
  ],
};

const cards = [
  { title: 'Tide cups', text: 'Six, stackable, ash glaze', buttons: [{ id: 'cups', label: 'Reserve' }] },
  { title: 'Ebb teapot', text: 'Holds a litre', buttons: [{ id: 'pot', label: 'Reserve' }] },
];

const file = {
  id: 'f_1',
  name: 'A rather long name of a file about glazes and kilns.pdf',
  type: 'application/pdf',
  size: 348_160,
};

/** What a message may have beside its words. */
export const extrasStates: readonly State[] = [
  { name: 'formatting', view: on(conversation(marks)), until: '.bubble code' },
  {
    name: 'quote',
    view: on(conversation([...talk, said(5, ann, 'By hand, then', 3, { extras: { reply: 3 } })])),
    until: '.quoted',
  },
  {
    name: 'reactions',
    view: inGroup([
      said(1, bea, 'The kiln is open', 9, { extras: { reactions: { '🎉': ['me', 'ann', 'carl'], '👍': ['ann'] } } }),
      said(2, ann, 'Come and see', 7, { extras: { reactions: { '❤️': ['bea'] } } }),
    ]),
    until: '.reactions',
  },
  {
    name: 'quick-replies',
    view: on(conversation([said(1, desk, 'Shall we keep one for you?', 2, { extras: offers })])),
    until: '.offers',
  },
  {
    name: 'cards',
    view: on(conversation([said(1, desk, 'These are left:', 2, { extras: { cards } })])),
    until: '.offer-card',
  },
  {
    name: 'form',
    view: on(conversation([said(1, desk, 'Tell us where to write to', 2, { extras: { form } })])),
    until: '.offer-form',
  },
  {
    name: 'files',
    view: on(
      conversation([said(1, ann, 'Here it is', 2, { extras: { files: [file, { ...file, id: 'f_2', gone: true }] } })]),
    ),
    until: '.file',
  },
];

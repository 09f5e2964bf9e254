import { anything, type Shape } from './shape.ts';

/** What was filled into a form, by the ids of its fields: a number, a box that was ticked or not, or else a text. */
export type Values = Readonly<Record<string, string | number | boolean>>;
export const Values = anything as Shape<Values>;

import { Name } from '../protocol/actions.ts';
import { Card, Choice, Extras, Field, FileInfo, Form } from '../protocol/extras.ts';
import { Found, Head, Invitation, Mark, Membership, Person, Presence, Related, Relation } from '../protocol/facts.ts';
import { ActionId, ConversationId, ConversationRef, FileId, LogId, Seq, UserId } from '../protocol/ids.ts';

/** Schemas that the document names instead of repeating them. */
export const named: Readonly<Record<string, object>> = {
  ...{
    ActionId,
    UserId,
    ConversationId,
    LogId,
    ConversationRef,
    Seq,
    Name,
    Person,
    Head,
    Mark,
    Related,
    Relation,
    Presence,
    Membership,
    Invitation,
    Found,
    FileId,
    Extras,
    FileInfo,
    Choice,
    Card,
    Field,
    Form,
  },
};

/** What valibot 1, and protocol/shape.ts like it, keeps of a schema, as far as it is used here. */
interface Shape {
  readonly type: string;
  readonly entries?: Readonly<Record<string, Shape>>;
  readonly item?: Shape;
  readonly key?: Shape;
  readonly value?: Shape;
  readonly wrapped?: Shape;
  readonly options?: readonly (string | Shape)[];
  readonly pipe?: readonly Step[];
}

interface Step {
  readonly kind: string;
  readonly type: string;
  readonly requirement?: unknown;
  readonly message?: unknown;
}

/** One key of an object: its name, whether it may be absent, its type and what else must hold. */
export interface Key {
  readonly name: string;
  readonly isOptional: boolean;
  readonly type: string;
  readonly rules: string;
}

/** The keys of an object's schema. @throws Error for a schema that is not of an object */
export function keysOf(schema: object): Key[] {
  const { entries } = shapeOf(schema);
  if (entries === undefined) throw new Error(`Expected the schema of an object, got ${shapeOf(schema).type}`);
  return Object.entries(entries).map(([name, entry]) => {
    const inner = entry.wrapped ?? entry;
    return { name, isOptional: entry.wrapped !== undefined, type: typeText(inner), rules: rulesText(inner) };
  });
}

function optionText(option: string | Shape): string {
  return typeof option === 'string' ? `'${option}'` : typeText(option);
}

/** A schema's type as TypeScript would write it, with the names of `named`; its own name is not used at the top. */
export function typeText(schema: object, isTop = false): string {
  const shape = shapeOf(schema);
  const name = isTop ? undefined : nameOf(shape);
  if (name !== undefined) return name;
  if (shape.wrapped !== undefined) return `${typeText(shape.wrapped)}${shape.type === 'nullable' ? ' | null' : ''}`;
  if (shape.item !== undefined) return `${typeText(shape.item)}[]`;
  if (shape.key !== undefined && shape.value !== undefined) {
    return `{ [${typeText(shape.key)}]: ${typeText(shape.value)} }`;
  }
  if (shape.options !== undefined) return shape.options.map(optionText).join(' | ');
  if (shape.entries === undefined) return shape.type;
  const keys = Object.entries(shape.entries).map(
    ([key, entry]) => `${key}${entry.wrapped === undefined ? '' : '?'}: ${typeText(entry)}`,
  );
  return keys.length === 0 ? '{}' : `{ ${keys.join('; ')} }`;
}

/** What must hold besides the type, in words. Empty for a named type: the document says it once. */
export function rulesText(schema: object, isTop = false): string {
  const shape = shapeOf(schema);
  if (!isTop && nameOf(shape) !== undefined) return '';
  const steps = (shape.pipe ?? []).filter((step) => step.kind !== 'schema');
  const texts = steps.flatMap((step, index) => stepText(step, steps[index + 1], steps[index - 1], shape.type));
  return texts.join(', ');
}

/** One rule in words; a smallest and a greatest value that follow each other are one rule. */
function stepText(step: Step, next: Step | undefined, previous: Step | undefined, of: string): string[] {
  const { type, requirement, message } = step;
  const isRange = type.startsWith('min_') && next?.type === type.replace('min', 'max');
  const unit = of === 'string' ? ' UTF-16 units' : of === 'array' || of === 'record' ? ' entries' : '';
  if (isRange) return [`${count(requirement)} to ${count(next.requirement)}${unit}`];
  if (type.startsWith('min_')) return [`at least ${count(requirement)}${unit}`];
  if (type.startsWith('max_')) {
    return previous?.type === type.replace('max', 'min') ? [] : [`at most ${count(requirement)}${unit}`];
  }
  if (type === 'safe_integer') return ['an integer'];
  if (type === 'trim') return ['white space at both ends is dropped'];
  if (type === 'regex') return [`\`${String(requirement)}\``];
  if (typeof message === 'string') return [message.replace(/^expects /, '')];
  throw new Error(`No words for the check ${type}`);
}

function count(requirement: unknown): string {
  return Number(requirement).toLocaleString('en');
}

function nameOf(shape: Shape): string | undefined {
  return Object.entries(named).find(([, schema]) => shapeOf(schema) === shape)?.[0];
}

function shapeOf(schema: object): Shape {
  return schema as unknown as Shape;
}

import {
  type Context,
  defineConfig,
  defineEvents,
  definePlugin,
  type Effect,
  refuse,
  schedule,
  shippedRelations,
  unschedule,
  v,
} from 'befriend/server';

/** How long a player may think. */
const patience = 60_000;

const lines = ['012', '345', '678', '036', '147', '258', '048', '246'];

const Game = v.pipe(v.string(), v.regex(/^(room:[0-9a-z][0-9a-z-]{0,62}|c_room_[0-9a-z-]{1,63})$/));
const Side = v.picklist(['x', 'o']);
type Side = v.InferOutput<typeof Side>;

const events = defineEvents({
  actions: {
    'seat.take': v.strictObject({ game: Game }),
    'move.make': v.strictObject({ game: Game, cell: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(8)) }),
  },
  facts: {
    'seat.taken': v.object({ user: v.string(), side: Side }),
    'game.started': v.object({ x: v.string(), o: v.string(), until: v.number() }),
    'move.made': v.object({ cell: v.number(), side: Side, until: v.number() }),
    'game.over': v.object({ winner: v.optional(v.string()), why: v.picklist(['line', 'full', 'time']) }),
  },
});

/** One table: its how-manieth game, who sits there, and the cells: `x`, `o` or a blank each. */
const Board = v.object({
  number: v.number(),
  x: v.string(),
  o: v.optional(v.string()),
  cells: v.string(),
  over: v.boolean(),
});
type Board = v.InferOutput<typeof Board>;

const movesOf = ({ cells }: Board): number => cells.replaceAll(' ', '').length;
const turnOf = (board: Board): Side => (movesOf(board) % 2 === 0 ? 'x' : 'o');
const hasLine = ({ cells }: Board, side: Side): boolean =>
  lines.some((line) => Array.from(line, Number).every((cell) => cells[cell] === side));

const tables = definePlugin({
  name: 'tables',
  needs: ['conversations'],
  events,
  install(host) {
    const conversations = host.service('conversations');
    const boards = host.state.conversation('board', { version: 1, schema: Board });

    /** The conversation of a table, as far as this user may play there. */
    const tableOf = async ({ action, now, read, user }: Context<{ readonly game: string }>) => {
      const place = await conversations.access(read, user, action.body.game, now);
      return place?.maySend === true ? place : undefined;
    };
    const clockOf = (game: string, board: Board): string => `table:${game}:${board.number}:${movesOf(board)}`;
    const ticks = (game: string, board: Board, user: string, dueAt: number): Effect => {
      const body = { game, number: board.number, moves: movesOf(board) };
      return schedule({ id: clockOf(game, board), dueAt, action: { type: 'clock.run', body }, user });
    };

    host.on('seat.take', async (context) => {
      const { now, read, user } = context;
      const place = await tableOf(context);
      if (place === undefined) return [refuse('not_found')];
      const board = await boards.get(read, place.id);
      if (board === undefined || board.over) {
        const fresh = { number: (board?.number ?? 0) + 1, x: user.id, cells: ' '.repeat(9), over: false };
        return [
          ...place.enter(),
          await boards.change(read, place.id, () => fresh),
          events.append(place.id, 'seat.taken', { user: user.id, side: 'x' }),
        ];
      }
      if ([board.x, board.o].includes(user.id)) return [];
      if (board.o !== undefined) return [refuse('too_late', { detail: 'both seats are taken' })];
      const until = now + patience;
      return [
        ...place.enter(),
        await boards.change(read, place.id, () => ({ ...board, o: user.id })),
        events.append(place.id, 'seat.taken', { user: user.id, side: 'o' }),
        events.append(place.id, 'game.started', { x: board.x, o: user.id, until }),
        ticks(place.id, board, board.x, until),
      ];
    });

    host.on('move.make', async (context) => {
      const { action, now, read, user } = context;
      const place = await tableOf(context);
      const board = place && (await boards.get(read, place.id));
      if (place === undefined || board?.o === undefined || board.over) return [refuse('not_found')];
      const side = turnOf(board);
      const { cell } = action.body;
      if (![board.x, board.o].includes(user.id)) return [refuse('not_found')];
      if (board[side] !== user.id || board.cells[cell] !== ' ') return [refuse('too_late')];
      const cells = `${board.cells.slice(0, cell)}${side}${board.cells.slice(cell + 1)}`;
      const moved = { ...board, cells };
      const why = hasLine(moved, side) ? 'line' : movesOf(moved) === 9 ? 'full' : undefined;
      const until = now + patience;
      return [
        await boards.change(read, place.id, () => ({ ...moved, over: why !== undefined })),
        unschedule(clockOf(place.id, board)),
        events.append(place.id, 'move.made', { cell, side, until }),
        why === undefined
          ? ticks(place.id, moved, side === 'x' ? board.o : board.x, until)
          : events.append(place.id, 'game.over', { why, ...(why === 'line' ? { winner: user.id } : {}) }),
      ];
    });

    // It has no schema, so nobody can send it: it comes by schedule alone, and too late where a move was faster.
    host.on('clock.run', async ({ action, read }) => {
      const { game, moves, number } = action.body as { game: string; moves: number; number: number };
      const board = await boards.get(read, game);
      if (board === undefined || board.over || board.number !== number || movesOf(board) !== moves) return [];
      const winner = turnOf(board) === 'x' ? board.o : board.x;
      return [
        await boards.change(read, game, () => ({ ...board, over: true })),
        events.append(game, 'game.over', { why: 'time', ...(winner === undefined ? {} : { winner }) }),
      ];
    });
  },
});

const { closeness } = shippedRelations;

export default defineConfig({
  name: 'The game lobby',
  // In a lobby everybody sees who is there.
  relations: { ...shippedRelations, closeness: { ...closeness, none: [...closeness.none, 'presence'] } },
  plugins: [tables()],
});

import type { Case } from '../../../protocol/desk.ts';
import type { Reads } from '../../core/reads.ts';
import { askerOf } from '../../core/support-case.ts';
import type { CaseRow } from './case-row.ts';
import type { Forecast } from './estimate.ts';
import type { Floor } from './floor.ts';
import { queueOf } from './options.ts';

/** A case as colleagues see it; how long it will wait only where there is a `forecast`. */
export async function shownCase(read: Reads, floor: Floor, row: CaseRow, forecast?: Forecast): Promise<Case> {
  const asker = await askerOf(read, row.visitor);
  const { conversation, state, since, queue, turn, topic, language, assignee, invited, until, score, comment } = row;
  const place = floor.placeOf(row);
  const estimate = forecast?.of(row);
  return {
    conversation,
    visitor: {
      user: asker?.id ?? row.visitor,
      name: asker?.name ?? '',
      verified: asker?.verified ?? false,
      ...(asker?.avatar === undefined ? {} : { avatar: asker.avatar }),
    },
    ...{ state, since, queue: queueOf(floor.desk, queue).id },
    ...(topic === undefined ? {} : { topic }),
    ...(language === undefined ? {} : { language }),
    ...(assignee === undefined ? {} : { assignee }),
    ...(invited === undefined ? {} : { invited }),
    ...(until === undefined ? {} : { until }),
    ...(turn === undefined ? {} : { turn }),
    ...(place === undefined ? {} : { place }),
    ...(estimate === undefined ? {} : { estimate: Math.round(estimate) }),
    ...(score === undefined ? {} : { score }),
    ...(comment === undefined ? {} : { comment }),
  };
}

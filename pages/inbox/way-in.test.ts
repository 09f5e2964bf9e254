import { expect, test } from 'vitest';
import { wayIn } from './way-in.ts';

test('tells an invite from a token of the site, and both from anything else', () => {
  const invite = 'a'.repeat(43);

  expect(wayIn(`#${invite}`)).toEqual({ invite });
  expect(wayIn('#token=head.body.sign')).toEqual({ token: 'head.body.sign' });
  expect(['', '#', '#section', `#${invite}x`, '#token=nothing', '#token=a.b.c<script>'].map(wayIn)).toEqual(
    Array.from({ length: 6 }, () => undefined),
  );
});

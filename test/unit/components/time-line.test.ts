/** The picture of a clock: widths follow the time that counted, and nothing leaves the picture. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timeLineShape } from '../../../components/panel/time-line-geometry';
import type { ExplainStep } from '../../../lib/clock/explain-types';
import { clockWith, hour, minute } from './support';

const width = 344;
const open = (from: number, to: number): ExplainStep => ({ kind: 'open', from, to, countedMs: to - from, leftMs: 0 });
const closed = (from: number, to: number): ExplainStep => ({ kind: 'gap', from, to, reason: 'closed' });
const clock = (dueAt: number, doneAt: number | null = null) => clockWith({ startAt: 0, runsFrom: 0, dueAt, doneAt });

describe('the time line', () => {
  it('gives a weekend no more room than a lunch break', () => {
    const shape = timeLineShape(
      [
        open(0, hour),
        closed(hour, 2 * hour),
        open(2 * hour, 3 * hour),
        closed(3 * hour, 66 * hour),
        open(66 * hour, 67 * hour),
      ],
      clock(67 * hour),
      hour / 2,
      width,
    );
    const gaps = shape?.segments.filter(({ kind }) => kind === 'closed') ?? [];
    expect(gaps.map((gap) => gap.width)).toEqual([gaps[0]?.width, gaps[0]?.width]);
  });

  it('puts the due instant at the end, and time after it behind it', () => {
    const before = timeLineShape([open(0, hour)], clock(hour), hour / 2, width);
    expect(before?.due).toBeCloseTo(width);
    expect(before?.now).toBeCloseTo(width / 2);
    const after = timeLineShape([open(0, hour)], clock(hour), 3 * hour, width);
    expect(after?.due).toBeLessThan(width);
    expect(after?.now).toBeCloseTo(width);
  });

  it('marks what was done, and then no present', () => {
    const shape = timeLineShape([open(0, hour)], clock(hour, hour / 4), 3 * hour, width);
    expect(shape?.done).toBeCloseTo(width / 4);
    expect(shape?.now).toBeNull();
  });

  it('draws nothing where nothing counted', () => {
    expect(timeLineShape([{ kind: 'no-due', reason: 'no-start' }], clock(hour), 0, width)).toBeNull();
  });

  it('keeps every stretch in order, visible and inside, whatever the steps are', () => {
    const stretch = fc.record({ length: fc.integer({ min: 1, max: 5_000 }), counts: fc.boolean() });
    fc.assert(
      fc.property(
        fc.array(stretch, { minLength: 1, maxLength: 58 }),
        fc.integer({ min: 0, max: 200_000 }),
        (all, at) => {
          let from = 0;
          const steps = all.map(({ length, counts }) => {
            const to = from + length * minute;
            const step = counts ? open(from, to) : closed(from, to);
            from = to;
            return step;
          });
          const shape = timeLineShape(steps, clock(from), at * minute, width);
          if (!shape) return;
          let end = 0;
          for (const { x, width: wide } of shape.segments) {
            expect(x).toBeCloseTo(end, 6);
            expect(wide).toBeGreaterThan(0);
            end = x + wide;
          }
          expect(end).toBeLessThanOrEqual(width + 1e-6);
          for (const mark of [shape.now, shape.due]) {
            expect(mark).toBeGreaterThanOrEqual(0);
            expect(mark).toBeLessThanOrEqual(width + 1e-6);
          }
        },
      ),
    );
  });
});

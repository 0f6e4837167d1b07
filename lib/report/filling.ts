/** Small helpers of whoever fills columns. */
import type { Digest } from './types';

/** Places of the members of a list, quicker than to look for them. */
export const placesOf = <Member extends string>(members: readonly Member[]): Readonly<Record<Member, number>> =>
  Object.fromEntries(members.map((member, place) => [member, place])) as Record<Member, number>;

/** Columns with several entries a row are filled row by row, in order. */
export interface Filling<Filled> {
  readonly columns: Filled;
  add(row: number, digest: Digest): void;
}

/**
 * The report's public face: facts become digests, digests columns, columns figures. Pure. `csv` and `text` are imported by
 * whoever needs them, because the worker does not, and `csv-stringify` is larger than all of the rest.
 */
export { slaOf } from './ahead';
export { leadsBehind, type Cell } from './behind';
export type { Columns } from './columns';
export { createColumns } from './create-columns';
export { digestOf, type DigestInput } from './digest';
export { formulaIds, type FormulaId } from './formulas';
export { heatMap } from './heat-map';
export { kpiOf, kpiOfTally, tallyOptions, type Kpi } from './kpi';
export { mergeTallies } from './merge-tallies';
export { paceOf } from './pace';
export { periodAt, periodsOf, windowBefore } from './periods';
export { promiseResult, type PromiseResult } from './promises';
export { select, type Filters } from './select';
export { groupsOf, kpisBy, kpisOver } from './split';
export type { Statement } from './statement';
export { paretoOf, peopleTable, sourcesTable } from './tables';
export { tallyOf } from './tally';
export { trendOf } from './trend';
export type { Digest, ReportWindow } from './types';
export { unmeasuredIn } from './unmeasured';

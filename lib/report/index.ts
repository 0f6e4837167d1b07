/**
 * The report's public face: facts become digests, digests columns, columns figures. Pure. `csv` and `text` are imported by
 * whoever needs them, because the worker does not, and `csv-stringify` is larger than all of the rest.
 */
export { slaOf, type Sla } from './ahead';
export { leadsBehind, type Cell } from './behind';
export type { Columns } from './columns';
export { createColumns } from './create-columns';
export { digestOf, type DigestInput } from './digest';
export { formulaIds, type FormulaId } from './formulas';
export { heatMap } from './heat-map';
export { kpiOf, kpiOfTally, tallyOptions, type Kpi } from './kpi';
export type { Cost, KpiRequest } from './request';
export { mergeTallies } from './merge-tallies';
export { paceOf, type Pace } from './pace';
export { periodAt, periodsOf, windowBefore, type PeriodUnit } from './periods';
export { promiseResult, type PromiseResult } from './promises';
export { select, type Filters } from './select';
export { groupsOf, kpisBy, kpisOver } from './split';
export type { Note, Statement } from './statement';
export { paretoOf, peopleTable, sourcesTable } from './tables';
export { tallyOf, type Tally } from './tally';
export { trendOf } from './trend';
export { digestSchema, type Digest, type ReportWindow } from './types';
export { unmeasuredIn } from './unmeasured';

export { collapse } from './collapse.ts';
export { PathCoverage, coverage } from './coverage.ts';
export type { CoverageReport } from './coverage-report.ts';
export { coverageTable } from './coverage-table.ts';
export { drive, driveMachine } from './drive.ts';
export {
  conditionOf,
  toGraph,
  type GraphEdge,
  type GraphNode,
  type GraphTransition,
  type StatechartGraph,
} from './graph.ts';
export { actionLabels, eventLabel, guardLabel } from './labels.ts';
export { lift } from './lift.ts';
export { toMermaid, type MermaidOptions } from './mermaid.ts';
export { picture } from './picture.ts';
export { Run, type Chart, type PathStep, type Taken } from './run.ts';
export { activeStates, isWithin, type StatePath } from './state-path.ts';

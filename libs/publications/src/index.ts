export { FIGURE_LINES, type FigureKind, type FigureLine } from './rules/figure-lines';
export { hiddenKpiCells, kpiCell, kpiSums } from './rules/kpi-publication';
export { HIDDEN_SIGN, kpiWorkbook, type Readership } from './rules/kpi-workbook';
export { type CountCell, isSmall, type Sum, suppressed } from './rules/suppression';

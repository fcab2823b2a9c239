export { type CountCell, isSmall, type Sum, suppressed } from './rules/suppression';

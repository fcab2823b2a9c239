export * from './rules/milestones';
export * from './rules/close-reasons';

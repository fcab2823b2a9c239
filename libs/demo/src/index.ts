export { type DemonstrationAsked, type Loaded, loadDemonstration, type LoadRefusal, USUAL_HOUSEHOLDS, USUAL_SEED } from './use-cases/load-demonstration';
export { type DemonstrationSignIn, newSignIns } from './use-cases/make-cast';

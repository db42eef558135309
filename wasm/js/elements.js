/** The elements' classes, without side effects: `define.js` gives them their names. */
export { KnownForBadges } from './elements/badges.js';
export { KnownForBoard } from './elements/board.js';
export { KnownForCelebration } from './elements/celebration.js';
export { KnownForChallenge } from './elements/challenge.js';
export { KnownForExperts } from './elements/experts.js';
export { KnownForGains } from './elements/gains.js';
export { KnownForKudos } from './elements/kudos.js';
export { KnownForProfile } from './elements/profile.js';
export { KnownForStanding } from './elements/standing.js';
export { KnownForSteps } from './elements/steps.js';
export { KnownForTopics } from './elements/topics.js';
export { KnownForSource } from './source/source.js';
export { texts } from './texts/en.js';
export { addLanguage, textsOf } from './texts/languages.js';
export { setWasm } from './wasm.js';

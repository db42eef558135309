/** The package: importing it defines the elements. Import `elements.js` for the classes alone. */
import { define } from './define.js';

define();

export { define };
export * from './elements.js';

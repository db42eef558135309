/** The package. Importing it in a browser defines the elements; to get only the classes, import `elements.js`. */
import { define } from './define.js';

define();

export { define };
export * from './elements.js';

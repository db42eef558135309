/**
 * Development: the package with warnings about mistakes in the markup. Bundlers take it in development by themselves; a
 * page without a bundler may load it instead of `index.js`.
 */
import './warnings.js';

export * from './index.js';

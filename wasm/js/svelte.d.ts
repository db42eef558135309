/** Types for templates in Svelte 5: `import type {} from 'knownfor/svelte';`, once in a project. */
import type { HTMLAttributes } from 'svelte/elements';
import type { KnownForEvents, KnownForProps, Written } from './elements.js';

/** `onknown-for-claim` listens to `known-for-claim`. */
type Listeners = { [Name in keyof KnownForEvents as `on${Name}`]?: (event: KnownForEvents[Name]) => void };

type Elements = {
  [Tag in keyof KnownForProps]: HTMLAttributes<HTMLElementTagNameMap[Tag]> & Written<KnownForProps[Tag]> & Listeners;
};

declare module 'svelte/elements' {
  interface SvelteHTMLElements extends Elements {}
}

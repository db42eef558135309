/** Types for templates in Vue 3: `import type {} from 'knownfor/vue';`, once in a project. */
import type { EmitFn, HTMLAttributes, PublicProps } from 'vue';
import type { KnownForEvents, KnownForProps, Written } from './elements.js';

/** `@known-for-claim` listens to `known-for-claim`. */
type Emit = EmitFn<{ [Name in keyof KnownForEvents]: (event: KnownForEvents[Name]) => void }>;

type Elements = {
  [Tag in keyof KnownForProps]: new () => HTMLElementTagNameMap[Tag] & {
    $props: HTMLAttributes & PublicProps & Written<KnownForProps[Tag]>;
    $emit: Emit;
  };
};

declare module 'vue' {
  interface GlobalComponents extends Elements {}
}

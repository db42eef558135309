/** Types for JSX in Solid: `import type {} from 'knownfor/solid';`, once in a project. */
import type { JSX } from 'solid-js';
import type { Attributes, KnownForEvents, KnownForProps } from './elements.js';

/** Only the names of attributes: Solid writes `hideJoin` as `hidejoin`, and `hide-join` as the property `hideJoin`. */
type Elements = {
  [Tag in keyof KnownForProps]: JSX.HTMLAttributes<HTMLElementTagNameMap[Tag]> & Attributes<KnownForProps[Tag]>;
};

declare module 'solid-js' {
  namespace JSX {
    interface IntrinsicElements extends Elements {}
    /** `on:known-for-claim` listens to `known-for-claim`. */
    interface CustomEvents extends KnownForEvents {}
  }
}

/** Types for JSX in React 19: `import type {} from 'knownfor/react';`, once in a project. */
import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { KnownForEvents, KnownForProps, Written } from './elements.js';

/** `onknown-for-claim` listens to `known-for-claim`. */
type Listeners = { [Name in keyof KnownForEvents as `on${Name}`]?: (event: KnownForEvents[Name]) => void };

type Elements = {
  [Tag in keyof KnownForProps]: DetailedHTMLProps<HTMLAttributes<HTMLElementTagNameMap[Tag]>, HTMLElementTagNameMap[Tag]> &
    Written<KnownForProps[Tag]> &
    Listeners;
};

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements extends Elements {}
  }
}

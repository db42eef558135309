/** Failures: what an element says below or in place of its drawing. Both are made without the WebAssembly module. */

/** Says that what the member chose to do has failed. */
export function deedFailed(words) {
  const alert = document.createElement('p');
  Object.assign(alert, { className: 'failed', part: 'said', role: 'alert' });
  alert.textContent = words.say('do-failed', {});
  return alert;
}

/** Says that nothing could be loaded, with a button that loads it again. */
export function loadFailed(words) {
  const [line, button] = ['p', 'button'].map((name) => document.createElement(name));
  Object.assign(line, { className: 'quiet', part: 'said' });
  Object.assign(button, { className: 'link again', part: 'again', type: 'button' });
  button.dataset.again = 'yes';
  button.textContent = words.say('load-again', {});
  line.append(words.say('load-failed', {}), button);
  return line;
}

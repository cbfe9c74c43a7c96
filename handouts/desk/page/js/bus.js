// Tells parts of the page of what happened elsewhere.

const bus = new EventTarget();

/** Calls a listener whenever this is told; the answer ends it. */
export function on(name, listener) {
  const heard = (event) => listener(event.detail);
  bus.addEventListener(name, heard);
  return () => bus.removeEventListener(name, heard);
}

/** Tells all who listen. */
export const tell = (name, detail = null) => bus.dispatchEvent(new CustomEvent(name, { detail }));

// An AbortSignal that counts who listens to it.

export function watchedSignal() {
  const controller = new AbortController();
  const { signal } = controller;
  const listening = new Set();
  const watched = { signal, listeners: 0, errors: 0, abort };
  const count = () => (watched.listeners = listening.size);

  signal.addEventListener = (type, listener, options) => {
    listening.add(listener);
    count();
    EventTarget.prototype.addEventListener.call(signal, type, listener, options);
  };
  signal.removeEventListener = (type, listener) => {
    listening.delete(listener);
    count();
    EventTarget.prototype.removeEventListener.call(signal, type, listener);
  };
  addEventListener("error", () => (watched.errors += 1));

  function abort() {
    controller.abort(new DOMException("enough", "AbortError"));
  }
  return watched;
}

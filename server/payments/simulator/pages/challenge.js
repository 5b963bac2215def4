// Tells the page around the bank's that there is nothing left to decide; see pages.ts.
const { done, parent } = document.documentElement.dataset
if (done && parent && window.parent !== window) {
  window.parent.postMessage({ type: 'portico:challenge-done', intent: done }, parent)
}

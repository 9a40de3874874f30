/**
 * A deck that was opened once opens again without a network: once the page is there, its service worker puts every file
 * of the deck into the browser's cache. Only a deck built for a host has one; from a file, or where the browser allows no
 * such thing, there is nothing to do.
 */

// After the page has loaded, because the first slide comes first.
addEventListener('load', () => {
  // A sandboxed frame has no origin (“null”), and may not even ask for the container of service workers.
  if (!('serviceWorker' in navigator) || !origin.startsWith('http'))
    return
  navigator.serviceWorker.register(new URL('offline.js', document.baseURI)).catch(() => {
    // A full storage or a strict browser: the deck is there as long as the network is.
  })
})

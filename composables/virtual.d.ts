/** Slidev's server half of a shared state: an empty object in a static build. */
declare module 'server-reactive:figures' {
  const state: object
  export default state
}

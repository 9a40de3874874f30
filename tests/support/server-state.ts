/** The server's half of the shared state, empty as in a static build. */
export default {}

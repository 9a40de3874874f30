/** The room of a build (settings.ts), undefined without one: setup/vite-plugins.ts writes it into the modules. */
interface ImportMetaEnv {
  readonly DECK_ROOM?: import('./settings.ts').RoomSettings
}

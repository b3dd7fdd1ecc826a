// The library's smaller build has the same face.
declare module "hls.js/light" {
  export { default } from "hls.js";
}

// The one function of twitter-text that is used; the package brings no types.
declare module "twitter-text/dist/esm/parseTweet.js" {
  export default function parseTweet(text: string): { weightedLength: number };
}

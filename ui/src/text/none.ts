// Stands in for the polyfills that twitter-text asks for: every web view Rundown runs in has what they add, and they
// would change built-in objects of the whole window.
export {};

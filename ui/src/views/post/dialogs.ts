// The dialogs that belong to posts: fetched together when the first of them is opened, so that the window comes up
// sooner without them.
export { default as CancelPostDialog } from "../CancelPostDialog.svelte";
export { default as DeleteDialog } from "../DeleteDialog.svelte";
export { default as EditDialog } from "../EditDialog.svelte";
export { default as MoveDialog } from "../MoveDialog.svelte";
export { default as NewPostDialog } from "../NewPostDialog.svelte";
export { default as PublishNowDialog } from "../PublishNowDialog.svelte";
export { default as TextsDialog } from "../TextsDialog.svelte";

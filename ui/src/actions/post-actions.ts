// What can be done with one post, in the order it is offered. An action that does not apply is not shown.
import type { PostView } from "../host";
import type { Action } from "./action";
import { askToDelete } from "./delete-post";
import { edit } from "./edit";
import { copyAndOpen, copyText } from "./hand-over";
import { markAsDone } from "./mark-as-done";
import { moveTo } from "./move-to";
import { duplicate } from "./new-post";
import { pause } from "./pause";
import { askToPublish } from "./publish-now";
import { resume } from "./resume";
import { retry } from "./retry";
import { skip } from "./skip-post";

export const POST_ACTIONS: Action<[post: PostView]>[] = [
  resume,
  retry,
  copyAndOpen,
  copyText,
  markAsDone,
  skip,
  pause,
  moveTo,
  edit,
  duplicate,
  askToPublish,
  askToDelete,
];

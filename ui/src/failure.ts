// The page that is shown instead of the window where Rundown can't start. Its address says why.
import { tauriHost } from "./host/tauri";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/failure.css";

const said = new URLSearchParams(location.search);

function say(id: string, words: string | null): void {
  const element = document.getElementById(id);
  if (element) element.textContent = words;
}

say("why", said.get("why"));
say("place", said.get("place"));
document.getElementById("quit")?.addEventListener("click", () => void tauriHost.answerQuit(true));

//! The X screen, watched from outside of the program that paints on it.

use std::time::Duration;

use rundown_tests::{PATIENCE, Result};
use tokio::time::{Instant, sleep};
use x11rb::{
    connection::Connection,
    protocol::xproto::{Atom, AtomEnum, ConnectionExt, ImageFormat, Window},
    rust_connection::RustConnection,
};

/// How often the window is looked at.
const BETWEEN_LOOKS: Duration = Duration::from_millis(5);
/// A window that has not changed for so long stays as it is.
const SETTLED: Duration = Duration::from_secs(2);
/// One line of pixels in so many is looked at. The lowest thing that counts, a half card, is 31
/// pixels high.
const EVERY: u16 = 16;
/// The share of pixels, in percent, that has to be final: a clock that counts seconds may go on.
const FINAL: usize = 99;

/// A connection to the X server.
pub struct Screen {
    connection: RustConnection,
    root: Window,
    client_list: Atom,
    pid: Atom,
}

/// The colours of a window's lines.
type Picture = Vec<u8>;

impl Screen {
    /// Connects to the display that this process is on.
    ///
    /// # Errors
    /// There is none.
    pub fn connect() -> Result<Self> {
        let (connection, screen) = x11rb::connect(None)?;
        let root = connection.setup().roots[screen].root;
        let atom = |name: &str| -> Result<Atom> {
            Ok(connection.intern_atom(false, name.as_bytes())?.reply()?.atom)
        };
        let (client_list, pid) = (atom("_NET_CLIENT_LIST")?, atom("_NET_WM_PID")?);
        Ok(Self { connection, root, client_list, pid })
    }

    /// Watches the window of a process until it stays as it is; answers how long after `started`
    /// it began to look like that.
    ///
    /// # Errors
    /// No window appears, or it never comes to rest.
    pub async fn settled(&self, process: u32, started: Instant) -> Result<Duration> {
        let mut pictures: Vec<(Duration, Picture)> = Vec::new();
        loop {
            let looked = started.elapsed();
            if let Some(picture) = self.picture_of(process)?
                && pictures.last().is_none_or(|(_, last)| *last != picture)
            {
                pictures.push((looked, picture));
            }
            let now = started.elapsed();
            match pictures.last() {
                Some((changed, _)) if now - *changed > SETTLED => break,
                _ if now > PATIENCE => return Err("the window never came to rest".into()),
                _ => sleep(BETWEEN_LOOKS).await,
            }
        }
        let Some((_, last)) = pictures.last() else { return Err("there was no picture".into()) };
        let unlike = pictures.iter().rposition(|(_, picture)| !alike(picture, last));
        let first = unlike.map_or(0, |index| index + 1);
        Ok(pictures[first].0)
    }

    fn picture_of(&self, process: u32) -> Result<Option<Picture>> {
        let windows = self.numbers(self.root, self.client_list, AtomEnum::WINDOW)?;
        for window in windows {
            // A window of another process may go while it is looked at; then it is not the one.
            let owner = self.numbers(window, self.pid, AtomEnum::CARDINAL).unwrap_or_default();
            if owner == [process] {
                return Ok(self.picture(window).ok());
            }
        }
        Ok(None)
    }

    /// It fails for a window that is not on the screen yet.
    fn picture(&self, window: Window) -> Result<Picture> {
        let size = self.connection.get_geometry(window)?.reply()?;
        let lines = (0..size.height).step_by(EVERY.into()).map(|y| {
            let (y, all) = (i16::try_from(y)?, u32::MAX);
            let format = ImageFormat::Z_PIXMAP;
            Ok(self.connection.get_image(format, window, 0, y, size.width, 1, all)?)
        });
        // All are asked for before the first answer is waited for.
        let lines = lines.collect::<Result<Vec<_>>>()?;
        let mut picture = Vec::new();
        for line in lines {
            picture.extend(line.reply()?.data);
        }
        Ok(picture)
    }

    fn numbers(&self, window: Window, name: Atom, kind: AtomEnum) -> Result<Vec<u32>> {
        let most = 1_024;
        let reply = self.connection.get_property(false, window, name, kind, 0, most)?.reply()?;
        Ok(reply.value32().map(Iterator::collect).unwrap_or_default())
    }
}

/// Whether enough of two pictures is the same.
fn alike(one: &[u8], other: &[u8]) -> bool {
    let pixels = other.len() / 4;
    let same = one.chunks_exact(4).zip(other.chunks_exact(4)).filter(|(a, b)| a == b).count();
    one.len() == other.len() && same * 100 >= pixels * FINAL
}

//! Pictures that exist: small PNGs, each number with colours of its own, at `/pictures/<n>.png`.

use axum::Router;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

/// Where they are, below the server's address.
pub const PICTURES: &str = "/pictures";

const SIZE: u32 = 160;

/// Two colours each: above and below the hill.
const COLOURS: [[[u8; 3]; 2]; 6] = [
    [[0xf4, 0xd3, 0x9e], [0x3c, 0x5a, 0x73]],
    [[0xcf, 0xe3, 0xdc], [0x2f, 0x6b, 0x57]],
    [[0xe9, 0xd5, 0xea], [0x6d, 0x4a, 0x8c]],
    [[0xdb, 0xe4, 0xf5], [0x8a, 0x5b, 0x2e]],
    [[0xf7, 0xe7, 0xc6], [0x9c, 0x6a, 0x2c]],
    [[0xd8, 0xea, 0xf0], [0x1f, 0x5f, 0x7a]],
];

pub(crate) fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/{name}", get(picture))
}

async fn picture(Path(name): Path<String>) -> Response {
    let number = name.strip_suffix(".png").and_then(|number| number.parse().ok());
    match number.and_then(draw) {
        Some(png) => ([(header::CONTENT_TYPE, "image/png")], png).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// A landscape of one hill and a sun, as a PNG.
fn draw(number: u32) -> Option<Vec<u8>> {
    let number = usize::try_from(number).ok()?;
    let [sky, ground] = COLOURS[number % COLOURS.len()];
    let top = SIZE as f32 * 0.6;
    let sun = (SIZE as f32 * (0.2 + 0.15 * (number % 5) as f32), SIZE as f32 * 0.28);
    let mut pixels = Vec::with_capacity((SIZE * SIZE * 3) as usize);
    for y in 0..SIZE {
        for x in 0..SIZE {
            let (x, y) = (x as f32, y as f32);
            let hill = top + 22.0 * (x / 26.0 + number as f32).sin();
            let in_sun = (x - sun.0).hypot(y - sun.1) < 15.0;
            let colour = match (y > hill, in_sun) {
                (true, _) => ground,
                (false, true) => [0xff, 0xf8, 0xe8],
                (false, false) => sky,
            };
            pixels.extend_from_slice(&colour);
        }
    }
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, SIZE, SIZE);
    encoder.set_color(png::ColorType::Rgb);
    encoder.write_header().ok()?.write_image_data(&pixels).ok()?;
    Some(file)
}

//! A photograph: luminance, Gaussian blur and Sobel magnitude by slicing, histogram equalisation.

use crate::report::Outcome;
use isonum::prelude::*;
use isonum::{bincount_min, clip, take};
use std::error::Error;
use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::path::Path;

/// The standard deviation of the blur, in pixels.
const SIGMA: f32 = 2.0;
/// How far the blur reaches.
const REACH: usize = 8;

pub(crate) fn run(data: &Path, write_to: Option<&Path>) -> Result<Outcome, Box<dyn Error>> {
    let rgb = read_png(&data.join("astronaut.png"))?.astype::<f32>();
    let luminance = rgb.slice(s![.., .., 0]) * 0.2126
        + rgb.slice(s![.., .., 1]) * 0.7152
        + rgb.slice(s![.., .., 2]) * 0.0722;

    let blurred = blur_rows(&blur_rows(&luminance).t()).t();
    let edges = sobel(&blurred);
    let equal = equalize(&luminance);

    let mut outcome = Outcome::default();
    [&luminance, &blurred, &edges, &equal].iter().for_each(|image| outcome.record(image));
    if let Some(folder) = write_to {
        write_png(&folder.join("luminance.png"), &luminance)?;
        write_png(&folder.join("blurred.png"), &blurred)?;
        write_png(&folder.join("edges.png"), &(&edges * (255.0 / edges.max())))?;
        write_png(&folder.join("equalized.png"), &equal)?;
    }
    outcome.summary.push(format!(
        "{}×{} pixels, mean luminance {:.1}, {:.1} after equalisation; strongest edge {:.0}",
        luminance.shape()[0],
        luminance.shape()[1],
        luminance.mean(),
        equal.mean(),
        edges.max(),
    ));
    Ok(outcome)
}

/// `reach` more columns on either side, which repeat the first and the last.
fn pad_columns(a: &Array<f32>, reach: usize) -> Array<f32> {
    let n = a.shape()[1] as i64;
    let columns = clip(isonum::arange(-(reach as i64), n + reach as i64, 1), 0, n - 1);
    take(a, columns, 1)
}

/// Each row convolved with a Gaussian.
fn blur_rows(a: &Array<f32>) -> Array<f32> {
    let x = Array::arange(-(REACH as f32), REACH as f32 + 1.0, 1.0);
    let weights = (x.square() / (-2.0 * SIGMA * SIGMA)).exp();
    let weights = &weights / weights.sum();
    let (padded, n) = (pad_columns(a, REACH), a.shape()[1]);
    let mut blurred = isonum::zeros_like(a);
    for (i, &weight) in weights.iter().enumerate() {
        blurred += padded.slice(s![.., i..i + n]) * weight;
    }
    blurred
}

/// The length of the brightness gradient.
fn sobel(a: &Array<f32>) -> Array<f32> {
    let (h, w) = (a.shape()[0], a.shape()[1]);
    let padded = pad_columns(&pad_columns(a, 1).t(), 1).t();
    let at = |row: usize, column: usize| padded.slice(s![row..row + h, column..column + w]);
    let across = (at(0, 2) - at(0, 0)) + (at(1, 2) - at(1, 0)) * 2.0 + (at(2, 2) - at(2, 0));
    let down = (at(2, 0) - at(0, 0)) + (at(2, 1) - at(0, 1)) * 2.0 + (at(2, 2) - at(0, 2));
    (across.square() + down.square()).sqrt()
}

/// Brightness spread so that all levels are equally frequent.
fn equalize(a: &Array<f32>) -> Array<f32> {
    let levels = clip(a.rint(), 0.0, 255.0).astype::<i64>();
    let counts = bincount_min(levels.ravel(), 256);
    let below = counts.cumsum().astype::<f32>();
    let table = &below * (255.0 / a.len() as f32);
    take(table, levels, 0)
}

fn read_png(path: &Path) -> Result<Array<u8>, Box<dyn Error>> {
    let mut reader = png::Decoder::new(BufReader::new(File::open(path)?)).read_info()?;
    let mut bytes = vec![0; reader.output_buffer_size().ok_or("the picture is too large")?];
    let info = reader.next_frame(&mut bytes)?;
    bytes.truncate(info.buffer_size());
    Ok(Array::try_from_shape((info.height as usize, info.width as usize, -1), bytes)?)
}

/// A grey picture; brightness is rounded and limited to 0 … 255.
fn write_png(path: &Path, a: &Array<f32>) -> Result<(), Box<dyn Error>> {
    let bytes = clip(a.rint(), 0.0, 255.0).astype::<u8>();
    let mut encoder =
        png::Encoder::new(BufWriter::new(File::create(path)?), a.shape()[1] as u32, a.shape()[0] as u32);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.write_header()?.write_image_data(&bytes.to_vec())?;
    Ok(())
}

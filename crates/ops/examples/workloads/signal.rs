//! Monthly sunspot numbers: the power spectrum, the period of the solar cycle, and a low-pass.

use crate::report::Outcome;
use isonum::prelude::*;
use isonum::{arange, fft, where_};
use plotters::prelude::*;
use std::error::Error;
use std::path::Path;

const FIRST_YEAR: f64 = 1749.0;
/// The low-pass keeps what takes at least so many years.
const CUT_YEARS: f64 = 4.0;

pub(crate) fn run(data: &Path, write_to: Option<&Path>) -> Result<Outcome, Box<dyn Error>> {
    let spots = read(&data.join("sunspots_monthly.dat"))?;
    let n = spots.len();
    let months = arange(0.0, n as f64, 1.0);
    let years = &months / 12.0 + FIRST_YEAR;

    // The straight line of least squares is taken away, and a Hann window keeps strong lines narrow.
    let t = &months - months.mean();
    let slope = (&t * &spots).sum() / t.sum_squares();
    let trend = &t * slope + spots.mean();
    let flat = &spots - &trend;
    let window = 0.5 - 0.5 * (&months * (2.0 * std::f64::consts::PI / n as f64)).cos();
    let spectrum = fft::rfft(&flat * window);
    let power = spectrum.map(|z| z.norm_sqr());
    let cycles = arange(0.0, power.len() as f64, 1.0) * (12.0 / n as f64); // a year

    // The highest peak of more than one cycle in 50 years, by a parabola through its neighbours.
    let peak = where_(cycles.greater(0.02), &power, 0.0).argmax();
    let [left, top, right] = [peak - 1, peak, peak + 1].map(|i| power[i].ln());
    let shift = (left - right) / (2.0 * (left - 2.0 * top + right));
    let period = n as f64 / 12.0 / (peak as f64 + shift);

    let keep = cycles.less_equal(1.0 / CUT_YEARS).astype::<Complex64>();
    let low = fft::irfft_with(fft::rfft(&flat) * keep, fft::Options { n: Some(n), ..Default::default() });
    let smooth = low + &trend;

    if let Some(folder) = write_to {
        plot(&folder.join("sunspots.svg"), &years, &spots, &smooth, &cycles, &power, period)?;
    }
    let mut outcome = Outcome::default();
    outcome.record(&power);
    outcome.record(&smooth);
    outcome.summary.push(format!("{n} months, dominant period {period:.2} years"));
    if !(10.0..=11.5).contains(&period) {
        return Err(format!("the solar cycle takes about 11 years, not {period}").into());
    }
    Ok(outcome)
}

/// The monthly numbers: after four lines of heading, a year and twelve values in each.
fn read(path: &Path) -> Result<Array<f64>, Box<dyn Error>> {
    let text = std::fs::read_to_string(path)?;
    let mut spots = Vec::new();
    for line in text.lines().skip(4) {
        let fields: Vec<f64> = line.split_whitespace().map_while(|field| field.parse().ok()).collect();
        if fields.len() == 13 {
            spots.extend_from_slice(&fields[1..]);
        }
    }
    Ok(Array::from_vec(spots))
}

fn plot(
    path: &Path,
    years: &Array<f64>,
    spots: &Array<f64>,
    smooth: &Array<f64>,
    cycles: &Array<f64>,
    power: &Array<f64>,
    period: f64,
) -> Result<(), Box<dyn Error>> {
    let root = SVGBackend::new(path, (1200, 800)).into_drawing_area();
    root.fill(&WHITE)?;
    let (upper, lower) = root.split_vertically(420);
    let line = |x: &Array<f64>, y: &Array<f64>| -> Vec<(f64, f64)> {
        x.iter().copied().zip(y.iter().copied()).collect()
    };

    let mut chart = ChartBuilder::on(&upper)
        .caption("Monthly mean sunspot number", ("sans-serif", 24))
        .margin(12)
        .x_label_area_size(44)
        .y_label_area_size(64)
        .build_cartesian_2d(years.min()..years.max(), 0.0..spots.max() * 1.05)?;
    chart
        .configure_mesh()
        .x_desc("year")
        .y_desc("sunspot number")
        .x_label_formatter(&|x| format!("{x:.0}"))
        .draw()?;
    let grey = RGBColor(150, 150, 150);
    chart
        .draw_series(LineSeries::new(line(years, spots), grey))?
        .label("measured")
        .legend(move |(x, y)| PathElement::new([(x, y), (x + 20, y)], grey));
    chart
        .draw_series(LineSeries::new(line(years, smooth), RED.stroke_width(2)))?
        .label(format!("cycles of {CUT_YEARS} years and more"))
        .legend(|(x, y)| PathElement::new([(x, y), (x + 20, y)], RED));
    chart
        .configure_series_labels()
        .position(SeriesLabelPosition::UpperMiddle)
        .background_style(WHITE)
        .border_style(BLACK)
        .draw()?;

    let shown = cycles.less_equal(0.3).count_nonzero();
    let (cycles, power) = (cycles.slice(s![1..shown]), power.slice(s![1..shown]));
    let power = &power / power.max();
    let mut chart = ChartBuilder::on(&lower)
        .caption(format!("Power spectrum: the strongest line takes {period:.2} years"), ("sans-serif", 24))
        .margin(12)
        .x_label_area_size(44)
        .y_label_area_size(64)
        .build_cartesian_2d(0.0..0.3, 0.0..1.05)?;
    chart.configure_mesh().x_desc("frequency [1/year]").y_desc("power [of the highest]").draw()?;
    chart.draw_series(LineSeries::new(line(&cycles, &power), BLUE.stroke_width(2)))?;
    chart.draw_series([PathElement::new([(1.0 / period, 0.0), (1.0 / period, 1.05)], RED)])?;
    root.present()?;
    Ok(())
}

//! The plots of a report, as SVG: ratios by operation and length, time by length, backends, threads.

use super::performance::Figure;
use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::Path;

/// A file, and what it shows.
pub(super) struct Plot {
    pub(super) title: String,
    pub(super) file: String,
}

type Drawn<T = ()> = Result<T, Box<dyn Error>>;
type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;

/// Draws whatever the figures have enough points for.
pub(super) fn draw(folder: &Path, figures: &[Figure]) -> Drawn<Vec<Plot>> {
    let mut plots = Vec::new();
    let mut add = |title: &str, name: &str, draw: &dyn Fn(&Path) -> Drawn<bool>| -> Drawn {
        let file = format!("performance-{name}.svg");
        if draw(&folder.join(&file))? {
            plots.push(Plot { title: title.to_owned(), file });
        }
        Ok(())
    };
    add("Ratio to the fastest peer, by operation and length", "rows", &|path| {
        ratios(path, figures.iter().filter(|figure| figure.is_row()))
    })?;
    add("Ratio to the fastest peer, by operation and side of squares", "squares", &|path| {
        ratios(path, figures.iter().filter(|figure| !figure.is_row()))
    })?;
    for dtype in ["f32", "f64"] {
        let title = format!("Time an element by length, {dtype}");
        add(&title, &format!("sizes-{dtype}"), &|path| sizes(path, figures, dtype))?;
    }
    add("Time of scalar over that of each backend", "backends", &|path| {
        let of = |figure: &Figure| Some((figure.backend.clone(), figure.peers.get("scalar")?.1));
        speedups(path, figures, "backend", of)
    })?;
    add("Time of one thread over that of several", "threads", &|path| {
        let of =
            |figure: &Figure| Some((format!("{} threads", figure.threads), figure.peers.get("1 thread")?.1));
        speedups(path, figures, "threads", of)
    })?;
    Ok(plots)
}

const GRID: RGBColor = RGBColor(225, 225, 225);

/// A colour for each curve: distinct also for those who do not tell red from green (Okabe and Ito).
const COLOURS: [RGBColor; 8] = [
    RGBColor(0, 0, 0),
    RGBColor(0, 114, 178),
    RGBColor(213, 94, 0),
    RGBColor(0, 158, 115),
    RGBColor(204, 121, 167),
    RGBColor(230, 159, 0),
    RGBColor(86, 180, 233),
    RGBColor(150, 150, 150),
];

fn text(area: &Area<'_>, words: &str, at: (i32, i32), size: i32, anchor: HPos) -> Drawn {
    let style = ("sans-serif", size).into_font().into_text_style(area);
    area.draw_text(words, &style.pos(Pos::new(anchor, VPos::Center)), at)?;
    Ok(())
}

/// Blue where we are faster, orange where a peer is, deeper by factors up to four.
fn shade(ratio: f64) -> RGBColor {
    let depth = (ratio.log2() / 2.0).clamp(-1.0, 1.0);
    let (r, g, b) = if depth < 0.0 { (213.0, 94.0, 0.0) } else { (0.0, 114.0, 178.0) };
    let mix = |c: f64| (255.0 + (c - 255.0) * depth.abs() * 0.8) as u8;
    RGBColor(mix(r), mix(g), mix(b))
}

/// A cell for each operation and length, with its ratio.
fn ratios<'f>(path: &Path, figures: impl Iterator<Item = &'f Figure>) -> Drawn<bool> {
    let mut cells: BTreeMap<&str, BTreeMap<(&str, u64), f64>> = BTreeMap::new();
    for figure in figures.filter(|figure| figure.variant.is_empty()) {
        if let (Some((_, ratio)), Some(n)) = (figure.fastest(), figure.elements()) {
            cells.entry(&figure.op).or_default().insert((&figure.dtype, n as u64), ratio);
        }
    }
    // Columns that most rows have: odd sizes of a few operations would make the plot a list.
    let mut counts: BTreeMap<(&str, u64), usize> = BTreeMap::new();
    cells.values().flat_map(BTreeMap::keys).for_each(|&key| *counts.entry(key).or_default() += 1);
    let most = counts.values().copied().max().unwrap_or(0);
    let columns: Vec<(&str, u64)> =
        counts.into_iter().filter(|&(_, n)| 4 * n >= most).map(|(key, _)| key).collect();
    cells.retain(|_, row| columns.iter().any(|column| row.contains_key(column)));
    if cells.len() < 2 || columns.is_empty() {
        return Ok(false);
    }
    let (cell, left, top) = ((64, 20), 190, 70);
    let size = (left + cell.0 * columns.len() as i32 + 20, top + cell.1 * cells.len() as i32 + 40);
    let area = SVGBackend::new(path, (size.0 as u32, size.1 as u32)).into_drawing_area();
    area.fill(&WHITE)?;
    text(&area, "time of the fastest peer over that of isonum", (left, 18), 17, HPos::Left)?;
    for (k, (dtype, n)) in columns.iter().enumerate() {
        let x = left + cell.0 * k as i32 + cell.0 / 2;
        text(&area, dtype, (x, 42), 14, HPos::Center)?;
        text(&area, &count(*n), (x, 58), 14, HPos::Center)?;
    }
    for (k, (op, row)) in cells.iter().enumerate() {
        let y = top + cell.1 * k as i32;
        text(&area, op, (left - 8, y + cell.1 / 2), 14, HPos::Right)?;
        for (j, column) in columns.iter().enumerate() {
            let Some(&ratio) = row.get(column) else { continue };
            let x = left + cell.0 * j as i32;
            area.draw(&Rectangle::new(
                [(x + 1, y + 1), (x + cell.0 - 1, y + cell.1 - 1)],
                shade(ratio).filled(),
            ))?;
            text(&area, &format!("{ratio:.2}"), (x + cell.0 / 2, y + cell.1 / 2), 13, HPos::Center)?;
        }
    }
    let y = top + cell.1 * cells.len() as i32 + 20;
    text(&area, "blue: isonum is faster; orange: the peer is", (left, y), 13, HPos::Left)?;
    area.present()?;
    Ok(true)
}

/// 10K, 1M.
fn count(n: u64) -> String {
    match n {
        _ if n >= 1_000_000 && n.is_multiple_of(1_000_000) => format!("{}M", n / 1_000_000),
        _ if n >= 1000 && n.is_multiple_of(1000) => format!("{}K", n / 1000),
        _ => n.to_string(),
    }
}

/// The fewest lengths that make a curve.
const LENGTHS: usize = 5;

/// Nanoseconds an element over length, ours and the peers', a panel for each operation.
fn sizes(path: &Path, figures: &[Figure], dtype: &str) -> Drawn<bool> {
    let mut by_op: BTreeMap<&str, Vec<(f64, &Figure)>> = BTreeMap::new();
    for figure in figures.iter().filter(|f| f.dtype == dtype && f.variant.is_empty() && f.fastest().is_some())
    {
        if let (Some(n), true) = (figure.elements(), figure.is_row()) {
            by_op.entry(&figure.op).or_default().push((n, figure));
        }
    }
    by_op.retain(|_, points| points.len() >= LENGTHS);
    if by_op.is_empty() {
        return Ok(false);
    }
    let columns = by_op.len().min(2);
    let rows = by_op.len().div_ceil(columns);
    let size = (620 * columns as u32, 400 * rows as u32);
    let root = SVGBackend::new(path, size).into_drawing_area();
    root.fill(&WHITE)?;
    for (area, (op, points)) in root.split_evenly((rows, columns)).iter().zip(&mut by_op) {
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        curves(area, &format!("{op}, {dtype}"), points)?;
    }
    root.present()?;
    Ok(true)
}

fn curves(area: &Area<'_>, title: &str, points: &[(f64, &Figure)]) -> Drawn {
    let mut series: Vec<(String, Vec<(f64, f64)>)> =
        vec![("isonum".into(), points.iter().map(|(n, figure)| (*n, figure.ns / n)).collect())];
    let names: BTreeSet<&String> = points.iter().flat_map(|(_, figure)| figure.peers.keys()).collect();
    for name in names {
        let of = |(n, figure): &(f64, &Figure)| figure.peers.get(name).map(|(ns, _)| (*n, ns / n));
        series.push((name.clone(), points.iter().filter_map(of).collect()));
    }
    let limit = |(n, figure): &(f64, &Figure)| figure.limit.map(|share| (*n, share * figure.ns / n));
    let limit: Vec<(f64, f64)> = points.iter().filter_map(limit).collect();
    let all = || series.iter().flat_map(|(_, points)| points).chain(&limit);
    let low = all().map(|point| point.1).fold(f64::MAX, f64::min) / 1.3;
    let high = all().map(|point| point.1).fold(0.0, f64::max) * 1.3;
    let (first, last) = (points[0].0, points[points.len() - 1].0);
    let mut chart = ChartBuilder::on(area)
        .caption(title, ("sans-serif", 20))
        .margin(10)
        .x_label_area_size(40)
        .y_label_area_size(64)
        .build_cartesian_2d((first..last).log_scale(), (low..high).log_scale())?;
    chart
        .configure_mesh()
        .light_line_style(WHITE)
        .bold_line_style(GRID)
        .x_labels(6)
        .x_desc("elements")
        .y_desc("time an element [ns]")
        .x_label_formatter(&|x| count(*x as u64))
        .y_label_formatter(&|y| format!("{y:.3}").trim_end_matches('0').trim_end_matches('.').to_owned())
        .draw()?;
    for (k, (name, points)) in series.iter().enumerate() {
        let colour = COLOURS[k % COLOURS.len()];
        let width = if k == 0 { 3 } else { 2 };
        chart
            .draw_series(LineSeries::new(points.iter().copied(), colour.stroke_width(width)))?
            .label(name)
            .legend(move |(x, y)| PathElement::new([(x, y), (x + 20, y)], colour.stroke_width(width)));
    }
    if limit.len() > 1 {
        let grey = COLOURS[7];
        chart
            .draw_series(DashedLineSeries::new(limit, 6, 4, grey.stroke_width(2)))?
            .label("limit of the machine")
            .legend(move |(x, y)| PathElement::new([(x, y), (x + 20, y)], grey));
    }
    chart
        .configure_series_labels()
        .position(SeriesLabelPosition::UpperRight)
        .background_style(WHITE)
        .border_style(GRID)
        .draw()?;
    Ok(())
}

/// One row of points for each operation: by how much each choice is faster than the reference, on a logarithmic axis.
fn speedups(
    path: &Path,
    figures: &[Figure],
    what: &str,
    of: impl Fn(&Figure) -> Option<(String, f64)>,
) -> Drawn<bool> {
    let mut by_op: BTreeMap<String, BTreeMap<String, Vec<f64>>> = BTreeMap::new();
    for figure in figures {
        if let Some((name, ratio)) = of(figure) {
            by_op.entry(figure.op.clone()).or_default().entry(name).or_default().push(ratio);
        }
    }
    if by_op.len() < 2 {
        return Ok(false);
    }
    let names: BTreeSet<&String> = by_op.values().flat_map(BTreeMap::keys).collect();
    let names: Vec<&String> = names.into_iter().collect();
    let (left, top, row, width) = (170, 60, 18, 620);
    let high = by_op.values().flat_map(BTreeMap::values).flatten().copied().fold(2.0, f64::max).log2().ceil();
    let low = by_op.values().flat_map(BTreeMap::values).flatten().copied().fold(1.0, f64::min).log2().floor();
    let size = (left + width + 40, top + row * by_op.len() as i32 + 40);
    let area = SVGBackend::new(path, (size.0 as u32, size.1 as u32)).into_drawing_area();
    area.fill(&WHITE)?;
    let x = |ratio: f64| left + ((ratio.log2() - low) / (high - low) * f64::from(width)) as i32;
    let bottom = top + row * by_op.len() as i32;
    for power in low as i32..=high as i32 {
        let at = x(f64::from(power).exp2());
        let colour = if power == 0 { BLACK } else { GRID };
        area.draw(&PathElement::new([(at, top), (at, bottom)], colour))?;
        text(&area, &format!("{}", f64::from(power).exp2()), (at, bottom + 14), 14, HPos::Center)?;
    }
    text(&area, &format!("speed-up by {what}, each element type a point"), (left, 18), 17, HPos::Left)?;
    for (k, name) in names.iter().enumerate() {
        let at = left + 150 * k as i32;
        area.draw(&Circle::new((at, 42), 5, COLOURS[k + 1].filled()))?;
        text(&area, name, (at + 10, 42), 14, HPos::Left)?;
    }
    for (k, (op, of_op)) in by_op.iter().enumerate() {
        let y = top + row * k as i32 + row / 2;
        text(&area, op, (left - 8, y), 13, HPos::Right)?;
        area.draw(&PathElement::new([(left, y), (left + width, y)], GRID))?;
        for (name, ratios) in of_op {
            let colour = COLOURS[names.iter().position(|known| *known == name).unwrap_or(0) + 1];
            for &ratio in ratios {
                area.draw(&Circle::new((x(ratio), y), 3, colour.mix(0.7).filled()))?;
            }
        }
    }
    area.present()?;
    Ok(true)
}

//! Handwritten digits: a network of two layers, trained by mini-batch gradient descent.

use crate::report::Outcome;
use flate2::read::GzDecoder;
use isonum::prelude::*;
use isonum::{maximum, random::Generator, take, where_};
use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

const HIDDEN: usize = 64;
const CLASSES: usize = 10;
const TRAINING: usize = 1297;
const BATCH: usize = 32;
const EPOCHS: usize = 40;
const RATE: f64 = 0.1;

pub(crate) fn run(data: &Path, _: Option<&Path>) -> Result<Outcome, Box<dyn Error>> {
    let table = read(&data.join("digits.csv.gz"))?;
    let mut rng = Generator::new(1);
    let table = rng.shuffled(&table);
    let pixels = table.slice(s![.., ..64]);
    let labels = table.slice(s![.., 64]).astype::<i64>();

    // Standardised by the mean and deviation of the training part; pixels that never change stay 0.
    let training = pixels.slice(s![..TRAINING, ..]);
    let deviation = training.over(0).std();
    let scale = where_(deviation.greater(0.0), &deviation, 1.0);
    let x = (&pixels - training.over(0).mean()) / scale;
    let (x_train, x_test) = (x.slice(s![..TRAINING, ..]), x.slice(s![TRAINING.., ..]));
    let (y_train, y_test) = (labels.slice(s![..TRAINING]), labels.slice(s![TRAINING..]));

    let mut network = Network::new(&mut rng);
    let mut loss = 0.0;
    for _ in 0..EPOCHS {
        let order = rng.permutation(TRAINING);
        loss = 0.0;
        for batch in order.as_slice().ok_or("a new array is contiguous")?.chunks(BATCH) {
            loss += network.step(&take(&x_train, batch, 0), &take(&y_train, batch, 0)) * batch.len() as f64;
        }
        loss /= TRAINING as f64;
    }

    let right = network.classify(&x_test).equal(&y_test).count_nonzero();
    let mut outcome = Outcome::default();
    outcome.record(&network.scores(&x_test));
    outcome.record(&network.weights[0]);
    outcome.summary.push(format!(
        "{right} of {} digits right ({:.1} %), loss of the last epoch {loss:.4}",
        y_test.len(),
        100.0 * right as f64 / y_test.len() as f64,
    ));
    if right * 100 < y_test.len() * 96 {
        return Err(format!("only {right} of {} digits were recognised", y_test.len()).into());
    }
    Ok(outcome)
}

/// Scores of the classes: `relu(x W₀ + b₀) W₁ + b₁`.
struct Network {
    weights: [Array<f64>; 2],
    biases: [Array<f64>; 2],
}

impl Network {
    /// Random weights with the variance of He et al. (2015).
    fn new(rng: &mut Generator) -> Network {
        let mut layer =
            |inputs: usize, outputs: usize| rng.normal(0.0, (2.0 / inputs as f64).sqrt(), [inputs, outputs]);
        Network {
            weights: [layer(64, HIDDEN), layer(HIDDEN, CLASSES)],
            biases: [Array::zeros(HIDDEN), Array::zeros(CLASSES)],
        }
    }

    fn hidden(&self, x: &Array<f64>) -> Array<f64> {
        maximum(x.matmul(&self.weights[0]) + &self.biases[0], 0.0)
    }

    fn scores(&self, x: &Array<f64>) -> Array<f64> {
        self.hidden(x).matmul(&self.weights[1]) + &self.biases[1]
    }

    fn classify(&self, x: &Array<f64>) -> Array<i64> {
        self.scores(x).argmax_axis(1)
    }

    /// One step down the gradient of the cross-entropy; returns it.
    fn step(&mut self, x: &Array<f64>, labels: &Array<i64>) -> f64 {
        let hidden = self.hidden(x);
        let scores = hidden.matmul(&self.weights[1]) + &self.biases[1];
        let shifted = &scores - scores.over(1).keep_dims().max();
        let exps = shifted.exp();
        let log_total = exps.over(1).keep_dims().sum().log();
        let log_probabilities = &shifted - &log_total;
        let target = labels.expand_dims(1);
        let loss = -log_probabilities.take_along_axis(&target, 1).mean();

        let one_hot = target.equal(isonum::arange(0, CLASSES as i64, 1)).astype::<f64>();
        let d_scores = (log_probabilities.exp() - one_hot) / labels.len() as f64;
        let d_hidden = d_scores.matmul(&self.weights[1].t()) * hidden.greater(0.0).astype::<f64>();
        self.weights[1] -= hidden.t().matmul(&d_scores) * RATE;
        self.biases[1] -= d_scores.sum_axis(0) * RATE;
        self.weights[0] -= x.t().matmul(&d_hidden) * RATE;
        self.biases[0] -= d_hidden.sum_axis(0) * RATE;
        loss
    }
}

/// Rows of 64 pixels and a label.
fn read(path: &Path) -> Result<Array<f64>, Box<dyn Error>> {
    let mut values = Vec::new();
    for line in BufReader::new(GzDecoder::new(File::open(path)?)).lines() {
        for value in line?.split(',') {
            values.push(value.trim().parse()?);
        }
    }
    Ok(Array::try_from_shape((-1, 65), values)?)
}

//! Functions of shapes, places, ranges and parts of numbers: results, and what is refused.

use crate::near::Near;
use crate::shared::{fixture, numbers};
use isonum::prelude::*;
use isonum::{Result, *};

/// One line: a call and what it gives.
struct Call<'a> {
    name: &'a str,
    arguments: Vec<&'a str>,
}

impl<'a> Call<'a> {
    fn parse(line: &'a str) -> (Self, &'a str) {
        let (given, result) = line.split_once(" -> ").unwrap();
        let (name, arguments) = given.split_once(' ').unwrap();
        (Call { name, arguments: arguments.split("; ").collect() }, result)
    }

    fn list<N: std::str::FromStr>(&self, at: usize) -> Vec<N> {
        numbers(self.arguments[at])
    }

    fn int(&self, at: usize) -> isize {
        self.list(at)[0]
    }

    fn size(&self, at: usize) -> usize {
        self.list(at)[0]
    }

    fn float(&self, at: usize) -> f64 {
        self.list(at)[0]
    }

    fn floats(&self, at: usize) -> Array<f64> {
        Array::from_vec(self.list(at))
    }

    fn array(&self, at: usize) -> Array<i64> {
        array(self.arguments[at])
    }

    fn arrays(&self, at: usize) -> Vec<Array<i64>> {
        self.arguments[at].split(" & ").map(array).collect()
    }

    fn mask(&self, at: usize) -> Array<bool> {
        self.array(at).not_equal(0)
    }
}

/// `SHAPE = NUMBERS`, or `SHAPE@START`, which counts, and may be transposed.
fn array(text: &str) -> Array<i64> {
    if let Some((shape, elements)) = text.split_once(" = ") {
        return Array::from_shape(&numbers::<usize>(shape)[..], numbers::<i64>(elements));
    }
    let (text, transposed) = text.strip_suffix('T').map_or((text, false), |text| (text, true));
    let (shape, start) = text.split_once('@').unwrap();
    let (shape, start) = (numbers::<usize>(shape), start.parse::<i64>().unwrap());
    let end = start + shape.iter().product::<usize>() as i64;
    let a = Array::arange(start, end, 1).reshape(&shape[..]);
    if transposed { a.transpose().to_array() } else { a }
}

/// Calls of integers and bools, which give the same elements.
fn integers(call: &Call) -> Option<Result<Vec<Array<i64>>>> {
    let one = |result: Result<Array<i64>>| Some(result.map(|a| vec![a]));
    let a = || call.array(0);
    match call.name {
        "take" => one(try_take(a(), Array::from_vec(call.list::<i64>(1)), call.int(2))),
        "take_along_axis" => one(try_take_along_axis(a(), call.array(1), call.int(2))),
        "compress" => one(try_compress(call.mask(1), a(), call.int(2))),
        "extract" => one(try_extract(call.mask(0), call.array(1))),
        "nonzero" => Some(try_nonzero(a())),
        "argwhere" => one(try_argwhere(a())),
        "flatnonzero" => one(try_flatnonzero(a())),
        "where_" => one(try_where(call.mask(0), call.array(1), call.array(2))),
        "bincount_min" => one(try_bincount_min(Array::from_vec(call.list::<i64>(0)), call.size(1))),
        "concatenate" => one(try_concatenate(&call.arrays(0), call.int(1))),
        "stack" => one(try_stack(&call.arrays(0), call.int(1))),
        "vstack" => one(try_vstack(&call.arrays(0))),
        "hstack" => one(try_hstack(&call.arrays(0))),
        "ravel" => one(try_ravel(a())),
        "flip" => one(try_flip(a(), &call.list::<isize>(1)[..])),
        "squeeze" => one(try_squeeze(a(), &call.list::<isize>(1)[..])),
        "expand_dims" => one(try_expand_dims(a(), &call.list::<isize>(1)[..])),
        "repeat" => one(try_repeat(a(), call.size(1), call.int(2))),
        "roll" => one(try_roll(a(), call.int(1), call.int(2))),
        "swapaxes" => one(try_swapaxes(a(), call.int(1), call.int(2))),
        "moveaxis" => one(try_moveaxis(a(), call.int(1), call.int(2))),
        "permute_dims" => one(try_permute_dims(a(), &call.list::<isize>(1)[..])),
        "reshape" => one(try_reshape(a(), &call.list::<usize>(1)[..])),
        "tile" => one(try_tile(a(), &call.list::<usize>(1)[..])),
        "diag" => one(try_diag(a(), call.int(1))),
        "tril" => one(try_tril(a(), call.int(1))),
        "triu" => one(try_triu(a(), call.int(1))),
        "diagonal" => one(try_diagonal(a(), call.int(1))),
        "eye_k" => one(try_eye_k(&call.list::<usize>(0)[..], call.int(1))),
        "tri" => one(try_tri(&call.list::<usize>(0)[..], call.int(1))),
        "indices" => Some(try_indices(&call.list::<usize>(0)[..])),
        "meshgrid_xy" => Some(try_meshgrid(&call.arrays(0), Indexing::Xy)),
        "meshgrid_ij" => Some(try_meshgrid(&call.arrays(0), Indexing::Ij)),
        "arange" => one(try_arange(call.int(0) as i64, call.int(1) as i64, call.int(2) as i64)),
        "round_integers" => one(try_round(Array::from_vec(call.list::<i64>(0)), call.int(1) as i32)),
        "frexp_exponent" => one(try_frexp(call.floats(0)).map(|parts| parts.1.astype())),
        "isclose" => {
            one(try_isclose(Array::from_vec(call.list::<f64>(0)), Array::from_vec(call.list::<f64>(1)))
                .map(|close| close.astype()))
        }
        _ => None,
    }
}

/// Calls of floats, and by how many units in the last place they may differ.
fn floats(call: &Call) -> (Result<Array<f64>>, f64) {
    let bounds = |f: fn(f64, f64, usize) -> Result<Array<f64>>| f(call.float(0), call.float(1), call.size(2));
    match call.name {
        "arange_f64" => (try_arange(call.float(0), call.float(1), call.float(2)), 1.0),
        "linspace" => (bounds(try_linspace), 1.0),
        "linspace_exclusive" => (bounds(try_linspace_exclusive), 1.0),
        // Powers of ten of exponents that are off by one unit.
        "logspace" => (bounds(try_logspace), 16.0),
        "geomspace" => (bounds(try_geomspace), 16.0),
        "round" => (try_round(call.floats(0), call.int(1) as i32), 0.0),
        "nan_to_num_with" => {
            (try_nan_to_num_with(call.floats(0), call.float(1), call.float(2), call.float(3)), 0.0)
        }
        "modf_fraction" => (try_modf(call.floats(0)).map(|parts| parts.0), 0.0),
        "modf_whole" => (try_modf(call.floats(0)).map(|parts| parts.1), 0.0),
        "frexp_fraction" => (try_frexp(call.floats(0)).map(|parts| parts.0), 0.0),
        "ldexp" => (try_ldexp(call.floats(0), Array::from_vec(call.list::<i32>(1))), 0.0),
        "divmod_quotient" => (try_divmod(call.floats(0), call.floats(1)).map(|both| both.0), 0.0),
        "divmod_rest" => (try_divmod(call.floats(0), call.floats(1)).map(|both| both.1), 0.0),
        name => panic!("{name}: not known here"),
    }
}

#[test]
fn calls() {
    let text = std::fs::read_to_string(fixture("numpy/calls.txt")).unwrap();
    let mut wrong = Vec::new();
    for line in text.lines() {
        let (call, expected) = Call::parse(line);
        if let Some(result) = integers(&call) {
            match result {
                Err(_) if expected == "error" => {}
                Ok(_) if expected == "error" => wrong.push(format!("{line}, but is not refused")),
                Err(error) => wrong.push(format!("{line}: {error}")),
                Ok(found) => {
                    let expected: Vec<Array<i64>> = expected.split(" & ").map(array).collect();
                    if found != expected {
                        wrong.push(format!("{line}: {found:?}"))
                    }
                }
            }
        } else {
            let (result, ulps) = floats(&call);
            let (shape, elements) = expected.split_once(" = ").unwrap();
            let expected = Array::from_shape(&numbers::<usize>(shape)[..], numbers::<f64>(elements));
            let found = result.unwrap();
            let near = found.shape() == expected.shape()
                && found.iter().zip(&expected).all(|(a, &b)| a.ulps(b) <= ulps);
            if !near {
                wrong.push(format!("{line}: {found:?}"))
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(text.lines().count() >= 2000);
}

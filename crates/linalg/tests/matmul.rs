//! `matmul` against three nested loops, on small whole numbers, for which every order of sums is exact; and its errors
//! on others.

use isonum_core::{Complex32, Complex64, Number, SliceItem, Storage, View, ViewMut};
use isonum_linalg::{MatmulElement, matmul, matmul_into};

fn whole<T: Number>(i: usize) -> T {
    T::from((i * 7 + 3) % 5).unwrap()
}

/// An array of `shape`, in C order.
fn array<T: Number>(shape: &[usize]) -> Storage<T> {
    Storage::from_fn(shape, whole).unwrap()
}

/// The same elements in other places of memory: in Fortran order, backwards, with gaps.
fn arrangements<T: Number>(a: &Storage<T>) -> Vec<Storage<T>> {
    let gaps = |step: isize| {
        let wide: Vec<usize> = a.shape().iter().map(|n| n * step.unsigned_abs()).collect();
        let items: Vec<SliceItem> =
            wide.iter().map(|_| SliceItem::Range { start: None, end: None, step }).collect();
        let mut gaps = Storage::full(&wide, T::from(99).unwrap()).unwrap().slice(&items).unwrap();
        gaps.view_mut().unwrap().iter_mut().zip(a.iter()).for_each(|(to, &x)| *to = x);
        gaps
    };
    let fortran = a.transpose().view().to_contiguous().unwrap().transpose();
    vec![a.clone(), fortran, gaps(-1), gaps(2), gaps(-3)]
}

/// The product by definition, of matrices that need no broadcasting.
fn expected<T: Number>(a: &View<'_, T>, b: &View<'_, T>) -> Vec<T> {
    let (m, k, n) = (a.shape()[0], a.shape()[1], b.shape()[1]);
    let at = |x: &View<'_, T>, i: usize, j: usize| *x.at(&[i as isize, j as isize]).unwrap();
    let element = |i: usize, j: usize| (0..k).fold(T::ZERO, |sum, p| sum + at(a, i, p) * at(b, p, j));
    (0..m * n).map(|e| element(e / n, e % n)).collect()
}

fn elements<T: Copy>(a: &Storage<T>) -> Vec<T> {
    a.iter().copied().collect()
}

fn check<T: Number + MatmulElement>(m: usize, k: usize, n: usize) {
    let (a, b) = (array::<T>(&[m, k]), array::<T>(&[k, n]));
    let expected = expected(&a.view(), &b.view());
    for (i, a) in arrangements(&a).iter().enumerate() {
        for (j, b) in arrangements(&b).iter().enumerate() {
            let c = matmul(&a.view(), &b.view()).unwrap();
            assert_eq!(c.shape(), [m, n]);
            assert!(c.layout().is_contiguous());
            assert_eq!(elements(&c), expected, "{:?} {m} × {k} × {n}, arrangements {i}, {j}", T::DTYPE);
        }
        for mut out in arrangements(&array::<T>(&[m, n])) {
            matmul_into(&a.view(), &b.view(), out.view_mut().unwrap()).unwrap();
            assert_eq!(elements(&out), expected, "{:?} {m} × {k} × {n} into {:?}", T::DTYPE, out.strides());
        }
    }
}

#[test]
fn every_type_shape_and_arrangement() {
    for (m, k, n) in
        [(1, 1, 1), (1, 5, 1), (1, 7, 4), (6, 3, 1), (2, 3, 4), (9, 17, 8), (17, 4, 33), (33, 9, 3)]
    {
        check::<f32>(m, k, n);
        check::<f64>(m, k, n);
        check::<Complex32>(m, k, n);
        check::<Complex64>(m, k, n);
        check::<i32>(m, k, n);
        check::<i64>(m, k, n);
        check::<u16>(m, k, n);
    }
}

#[test]
fn more_than_a_block() {
    for (m, k, n) in [(3, 520, 2), (1, 530, 300), (70, 260, 1), (20, 300, 270)] {
        check::<f64>(m, k, n);
        check::<f32>(m, k, n);
        check::<Complex64>(m, k, n);
        check::<i64>(m, k, n);
    }
}

#[test]
fn integers_wrap_and_bools_are_or_of_and() {
    let a = [[200u8, 3], [1, 255]];
    let c = matmul(&View::from(&a), &View::from(&a)).unwrap();
    let at = |i: usize, j: usize| (0..2).map(|p| a[i][p] as u32 * a[p][j] as u32).sum::<u32>() as u8;
    assert_eq!(elements(&c), [at(0, 0), at(0, 1), at(1, 0), at(1, 1)]);
    let c = matmul(&View::from(&[[i8::MIN]]), &View::from(&[[-1i8]])).unwrap();
    assert_eq!(elements(&c), [i8::MIN]);
    let a = [[true, false, true], [false, false, true]];
    let c = matmul(&View::from(&a), &View::from(&[true, true, false])).unwrap();
    assert_eq!(elements(&c), [true, false]);
}

#[test]
fn vectors_lose_their_axis() {
    let (v, m) = (array::<f64>(&[3]), array::<f64>(&[3, 2]));
    let stack = array::<f64>(&[4, 3, 2]);
    let shape = |a: &Storage<f64>, b: &Storage<f64>| matmul(&a.view(), &b.view()).unwrap().shape().to_vec();
    assert!(shape(&v, &v).is_empty());
    assert_eq!(shape(&v, &m), [2]);
    assert_eq!(shape(&m.transpose(), &v), [2]);
    assert_eq!(shape(&v, &stack), [4, 2]);
    assert_eq!(shape(&stack.swap_axes(1, 2).unwrap(), &v), [4, 2]);
    let dot = matmul(&v.view(), &v.view()).unwrap();
    assert_eq!(elements(&dot), [v.iter().map(|x| x * x).sum::<f64>()]);

    let mut dot = [f64::NAN];
    let into = ViewMut::from(&mut dot).squeeze(()).unwrap();
    matmul_into(&v.view(), &v.view(), into).unwrap();
    assert_eq!(dot[0], v.iter().map(|x| x * x).sum::<f64>());
    let mut row = [f64::NAN; 2];
    matmul_into(&v.view(), &m.view(), ViewMut::from(&mut row)).unwrap();
    assert_eq!(row.to_vec(), elements(&matmul(&v.view(), &m.view()).unwrap()));
    let mut column = [f64::NAN; 2];
    matmul_into(&m.transpose().view(), &v.view(), ViewMut::from(&mut column)).unwrap();
    assert_eq!(column, row);
}

#[test]
fn stacks_broadcast() {
    let cases: [(&[usize], &[usize], &[usize]); 7] = [
        (&[5, 2, 3], &[5, 3, 4], &[5, 2, 4]),
        (&[5, 2, 3], &[3, 4], &[5, 2, 4]),
        (&[2, 3], &[5, 3, 4], &[5, 2, 4]),
        (&[6, 1, 2, 3], &[5, 3, 4], &[6, 5, 2, 4]),
        (&[1, 2, 3], &[0, 3, 4], &[0, 2, 4]),
        (&[6, 5, 2, 3], &[3], &[6, 5, 2]),
        (&[3], &[6, 5, 3, 4], &[6, 5, 4]),
    ];
    for (a_shape, b_shape, shape) in cases {
        let (a, b) = (array::<i64>(a_shape), array::<i64>(b_shape));
        for (a, b) in arrangements(&a).iter().flat_map(|a| arrangements(&b).into_iter().map(move |b| (a, b)))
        {
            let c = matmul(&a.view(), &b.view()).unwrap();
            assert_eq!(c.shape(), shape);
            // Every product by itself.
            let matrices = |x: &Storage<i64>, vector: isize, n: &[usize]| {
                let x = if x.ndim() == 1 { x.expand_dims(vector).unwrap() } else { x.clone() };
                let ends = x.shape()[x.ndim() - 2..].to_vec();
                x.broadcast_to(&[n, &ends].concat()).unwrap()
            };
            let vectors = usize::from(a.ndim() == 1) + usize::from(b.ndim() == 1);
            let batch = &shape[..shape.len() + vectors - 2];
            let (a, b) = (matrices(a, 0, batch), matrices(&b, 1, batch));
            let count = batch.iter().product::<usize>();
            let rows = |x: &Storage<i64>| {
                let flat = [
                    &[count as isize],
                    &x.shape()[batch.len()..].iter().map(|&n| n as isize).collect::<Vec<_>>()[..],
                ]
                .concat();
                x.reshape(&flat).unwrap()
            };
            let (a, b) = (rows(&a), rows(&b));
            let products = (0..count as isize).flat_map(|i| {
                expected(&a.index_axis(0, i).unwrap().view(), &b.index_axis(0, i).unwrap().view())
            });
            assert_eq!(elements(&c), products.collect::<Vec<_>>(), "{a_shape:?} {b_shape:?}");
        }
    }
}

#[test]
fn operands_may_repeat_and_overlap() {
    let row = array::<f64>(&[1, 30]);
    let repeated = row.broadcast_to(&[40, 30]).unwrap();
    let copy = repeated.view().to_contiguous().unwrap();
    let windows = array::<f64>(&[69]).windows(&[30], 0).unwrap();
    for (a, b) in
        [(&repeated, repeated.transpose()), (&windows, repeated.transpose()), (&windows, windows.transpose())]
    {
        let c = matmul(&a.view(), &b.view()).unwrap();
        assert_eq!(elements(&c), expected(&a.view(), &b.view()));
    }
    assert_eq!(
        elements(&matmul(&repeated.view(), &copy.transpose().view()).unwrap()),
        expected(&copy.view(), &copy.transpose().view())
    );
}

#[test]
fn nothing_in_gives_zeros_or_nothing() {
    for (m, k, n) in [(0, 3, 4), (3, 0, 4), (3, 4, 0), (0, 0, 0)] {
        let c = matmul(&array::<f32>(&[m, k]).view(), &array::<f32>(&[k, n]).view()).unwrap();
        assert_eq!(c.shape(), [m, n]);
        assert!(c.iter().all(|&x| x == 0.0));
        let mut out = Storage::full(&[m, n], 7u8).unwrap();
        matmul_into(&array::<u8>(&[m, k]).view(), &array::<u8>(&[k, n]).view(), out.view_mut().unwrap())
            .unwrap();
        assert!(out.iter().all(|&x| x == 0));
    }
    let dot = matmul(&array::<f64>(&[0]).view(), &array::<f64>(&[0]).view()).unwrap();
    assert_eq!(elements(&dot), [0.0]);
}

#[test]
fn nan_and_infinity_are_not_skipped() {
    for n in [2, 20] {
        let mut a = Storage::full(&[n, n], 0.0f64).unwrap();
        let b = Storage::full(&[n, n], 0.0).unwrap();
        *a.view_mut().unwrap().at_mut(&[1, 0]).unwrap() = f64::INFINITY;
        let c = matmul(&a.view(), &b.view()).unwrap();
        assert!(c.view().index_axis(0, 1).unwrap().iter().all(|x| x.is_nan()));
        assert!(c.view().index_axis(0, 0).unwrap().iter().all(|&x| x == 0.0));
    }
}

#[test]
fn errors_name_the_shapes() {
    let message = |a: &[usize], b: &[usize]| {
        matmul(&array::<f64>(a).view(), &array::<f64>(b).view()).unwrap_err().to_string()
    };
    assert_eq!(message(&[3, 4], &[5, 2]), "matmul: (3, 4) with (5, 2): 4 columns and 5 rows differ");
    assert_eq!(message(&[3], &[2, 4]), "matmul: (3,) with (2, 4): 3 elements and 2 rows differ");
    assert_eq!(message(&[], &[2]), "matmul: () with (2,): the first operand has no axes");
    assert_eq!(message(&[2, 2], &[]), "matmul: (2, 2) with (): the second operand has no axes");
    assert_eq!(
        message(&[2, 3, 4], &[5, 4, 2]),
        "matmul: cannot broadcast (2, 3, 4) with (5, 4, 2): axis 0 is 2 and 5"
    );
    let a = array::<f64>(&[2, 2]);
    let error = matmul_into(&a.view(), &a.view(), ViewMut::from(&mut [0.0; 4])).unwrap_err();
    assert_eq!(error.to_string(), "matmul: expected shape (2, 2), found (4,)");
    let tall = array::<u8>(&[1, 1]).broadcast_to(&[1 << 40, 1]).unwrap();
    assert!(matmul(&tall.view(), &tall.transpose().view()).unwrap_err().to_string().contains("too large"));
}

/// The sum of products in twice the precision (Ogita, Rump and Oishi 2005), and the sum of their sizes.
fn dot(products: impl Iterator<Item = (f64, f64)>) -> (f64, f64) {
    let (mut sum, mut rest, mut size) = (0.0f64, 0.0, 0.0);
    for (a, b) in products {
        let product = a * b;
        let total = sum + product;
        let part = total - sum;
        rest += a.mul_add(b, -product) + ((sum - (total - part)) + (product - part));
        sum = total;
        size += product.abs();
    }
    (sum + rest, size)
}

/// What the facade's documentation says of random numbers.
fn errors_are_small<T: Number + MatmulElement>(epsilon: f64, low: f64, most: f64) {
    let random = |i: usize| {
        let x = (i as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let bits = (x ^ (x >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 11;
        T::from(bits as f64 / (1u64 << 53) as f64 * (1.0 - low) + low).unwrap()
    };
    let (m, n) = (8, 8);
    for k in [1, 4, 16, 64, 256, 1000, 4096] {
        let a = Storage::from_fn(&[m, k], random).unwrap();
        let b = Storage::from_fn(&[k, n], |i| random(m * k + i)).unwrap();
        let wide = |x: &Storage<T>| x.iter().map(|x| x.to_f64().unwrap()).collect::<Vec<f64>>();
        let (result, a, b) = (wide(&matmul(&a.view(), &b.view()).unwrap()), wide(&a), wide(&b));
        for (at, result) in result.iter().enumerate() {
            let (exact, size) = dot((0..k).map(|p| (a[at / n * k + p], b[p * n + at % n])));
            let error = (result - exact).abs() / size / epsilon;
            assert!(error <= most.min(k as f64), "k {k}: {error} ε");
        }
    }
}

#[test]
fn errors_of_random_numbers() {
    errors_are_small::<f32>(f32::EPSILON.into(), 0.0, 7.0);
    errors_are_small::<f32>(f32::EPSILON.into(), -1.0, 2.0);
    errors_are_small::<f64>(f64::EPSILON, 0.0, 7.0);
    errors_are_small::<f64>(f64::EPSILON, -1.0, 2.0);
}

//! Files that NumPy wrote (`tools/fixtures/npy.py`), round trips, and files that nobody should believe.

use super::*;
use isonum_core::{Complex32, Complex64, Layout, memory};
use proptest::prelude::*;
use std::fs;
use std::path::PathBuf;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/npy").join(name).with_extension("npy")
}

/// A place for a file that is removed in the end.
struct Temporary(PathBuf);

impl Temporary {
    fn new(name: &str) -> Temporary {
        Temporary(std::env::temp_dir().join(format!("isonum-{}-{name}.npy", std::process::id())))
    }

    fn with(name: &str, bytes: &[u8]) -> Temporary {
        let file = Self::new(name);
        fs::write(&file.0, bytes).unwrap();
        file
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

fn written<T: Element>(array: impl ArrayLike<T>) -> Vec<u8> {
    let mut bytes = Vec::new();
    write_npy(&mut bytes, array).unwrap();
    bytes
}

fn elements<T: Element>(array: impl ArrayLike<T>) -> Vec<u8> {
    as_bytes(array.view().to_contiguous().unwrap().as_slice().unwrap()).to_vec()
}

/// A file of version 1.0 with this text for a header.
fn with_header(text: &str, data: &[u8]) -> Vec<u8> {
    [b"\x93NUMPY\x01\x00", &(text.len() as u16).to_le_bytes()[..], text.as_bytes(), data].concat()
}

fn reads_as_numpy_wrote<T: Element>(expected: [T; 6]) {
    let name = T::DTYPE.name();
    for (name, big_endian) in [(name.to_string(), false), (format!("{name}-big"), true)] {
        if big_endian && T::DTYPE.size() == 1 {
            continue;
        }
        let header = npy_header(fixture(&name)).unwrap();
        assert_eq!((header.dtype, header.big_endian), (T::DTYPE, big_endian));
        let array = load_npy::<T>(fixture(&name)).unwrap();
        assert_eq!(array.shape(), [2, 3]);
        // As bytes: zeros have signs.
        assert_eq!(as_bytes(array.as_slice().unwrap()), as_bytes(&expected), "{name}");
        if !big_endian && cfg!(target_endian = "little") {
            assert_eq!(written(array.view()), fs::read(fixture(&name)).unwrap(), "{name}");
        }
    }
}

#[test]
fn every_type_in_both_byte_orders() {
    reads_as_numpy_wrote([true, false, true, false, false, true]);
    macro_rules! integers {
        ($($type:ident)*) => {
            $(reads_as_numpy_wrote([$type::MIN, $type::MAX, 0, 1, 2, $type::MAX / 3]);)*
        };
    }
    integers!(i8 i16 i32 i64 u8 u16 u32 u64);
    macro_rules! floats {
        ($($type:ident $complex:ident;)*) => {$(
            let least = $type::from_bits(1);
            let values = [$type::MAX, least, -0.0, $type::INFINITY, $type::NEG_INFINITY, -1.5];
            reads_as_numpy_wrote(values);
            reads_as_numpy_wrote(std::array::from_fn(|i| $complex::new(values[i], values[5 - i])));
        )*};
    }
    floats!(f32 Complex32; f64 Complex64;);
}

#[test]
fn every_order_shape_and_version() {
    let count: Vec<i32> = (0..24).collect();
    for name in ["fortran", "version-2", "version-3"] {
        let array = load_npy::<i32>(fixture(name)).unwrap();
        assert_eq!(array.shape(), [2, 3, 4]);
        assert!(array.iter().eq(&count), "{name}");
    }
    let array = load_npy::<i32>(fixture("fortran")).unwrap();
    assert_eq!(array.strides(), [1, 2, 6]);
    assert_eq!(written(array.view()), fs::read(fixture("fortran")).unwrap());

    for (name, shape) in
        [("scalar", &[][..]), ("vector", &[3]), ("empty", &[0, 3]), ("empty-fortran", &[3, 0, 2])]
    {
        let array = load_npy::<f64>(fixture(name)).unwrap();
        assert_eq!(array.shape(), shape);
        assert_eq!(written(array.view()), fs::read(fixture(name)).unwrap(), "{name}");
    }
    assert_eq!(load_npy::<f64>(fixture("scalar")).unwrap().as_slice(), Some(&[2.5][..]));
    let bools = load_npy::<bool>(fixture("bytes-as-bool")).unwrap();
    assert_eq!(bools.as_slice(), Some(&[false, true, true, true][..]));
}

#[test]
fn a_header_before_loading() {
    let header = npy_header(fixture("fortran")).unwrap();
    assert_eq!(header.shape, [2, 3, 4]);
    assert!(header.fortran_order && !header.big_endian);
    assert_eq!(header.data_offset, 128);
}

#[test]
fn what_arrays_cannot_hold() {
    let cases = [
        ("half", "this element type ('<f2') cannot be read"),
        ("long-double", "this element type ('<f16') cannot be read"),
        ("string", "strings ('<U2') cannot be read"),
        ("bytes", "strings ('|S2') cannot be read"),
        ("date", "dates and times ('<M8[D]') cannot be read"),
        ("structure", "structures cannot be read"),
        ("void", "structures ('|V3') cannot be read"),
        ("object", "Python objects ('|O') cannot be read"),
    ];
    for (name, message) in cases {
        let path = fixture(name);
        let expected = format!("npy: {}: {message}", path.display());
        assert_eq!(load_npy::<f32>(&path).unwrap_err().to_string(), expected);
        assert_eq!(npy_header(&path).unwrap_err().to_string(), expected);
    }
    let error = load_npy::<f32>(fixture("float64")).unwrap_err();
    assert_eq!(error.to_string(), "load_npy: expected float32, found float64");
    let error = read_npy::<u64>(fs::File::open(fixture("int64")).unwrap()).unwrap_err();
    assert_eq!(error.to_string(), "read_npy: expected uint64, found int64");

    let missing = load_npy::<f32>("no/such/file.npy").unwrap_err();
    let ErrorKind::Io(error) = missing.kind() else { panic!("{missing}") };
    assert_eq!(error.kind(), IoKind::NotFound);
    assert!(missing.to_string().starts_with("no/such/file.npy: "), "{missing}");
}

#[test]
fn headers_that_numpy_never_wrote() {
    let ok = "{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }";
    let nested = format!("{{'descr': {}", "[".repeat(9000));
    let cases = [
        ("", "the header is not complete"),
        ("{", "the header is not complete"),
        ("{}", "the header has no \"descr\""),
        ("[]", "the header is not what NumPy writes near \"[]\""),
        (&ok[..40], "the header is not complete"),
        (&format!("{ok} x"), "the header is not what NumPy writes near \"x\""),
        (&ok.replace("'shape': (2,), ", ""), "the header has no \"shape\""),
        (&ok.replace("(2,)", "(2,), 'shape': (2,)"), "the header has \"shape\" more than once"),
        (&ok.replace("descr", "dtype"), "the header has an unknown key \"dtype\""),
        (&ok.replace("(2,)", "(2)"), "the header is not what NumPy writes near \"), }\""),
        (&ok.replace("(2,)", "[2]"), "the header is not what NumPy writes near \"[2], }\""),
        (&ok.replace("(2,)", "(2.5,)"), "the header is not what NumPy writes near \".5,), }\""),
        (&ok.replace("(2,)", "(-2,)"), "the header has an axis of negative length"),
        (&ok.replace("(2,)", "(18446744073709551616,)"), "the header has an axis too long to address"),
        (&ok.replace("False", "0"), "the header is not what NumPy writes near \"0, 'shape': (2,), }\""),
        (&ok.replace("<f8", "|f8"), "this element type ('|f8') cannot be read"),
        (&ok.replace("<f8", ""), "this element type ('') cannot be read"),
        (&ok.replace("<f8", "é"), "this element type ('é') cannot be read"),
        (&nested, "structures cannot be read"),
    ];
    for (text, message) in cases {
        let error = read_npy::<f64>(&with_header(text, &[0; 16])[..]).unwrap_err();
        assert_eq!(error.to_string(), format!("npy: {message}"), "{text}");
    }
    for shape in ["(4294967296, 4294967296)", "(9223372036854775807,)", "(0, 4294967296, 4294967296)"] {
        let file = with_header(&ok.replace("(2,)", shape), &[]);
        let error = read_npy::<f64>(&file[..]).unwrap_err();
        assert_eq!(error.to_string(), format!("shape {shape} is too large to address"));
    }
    // What may vary: order of keys, quotes, space, the comma at the end, Python 2's long integers.
    let other = "{\"shape\" :( 2L , ) ,'fortran_order':True,\n'descr':'<f8'}  \n";
    assert_eq!(read_npy::<f64>(&with_header(other, &[0; 16])[..]).unwrap().shape(), [2]);
}

#[test]
fn files_of_the_wrong_size() {
    let whole = fs::read(fixture("float64")).unwrap();
    let about = |found| format!("float64 of shape (2, 3) take 48 bytes, found {found}");
    let missing = |part| format!("the {part} ends early");
    let cases = [
        (0, missing("header"), missing("header")),
        (7, missing("header"), missing("header")),
        (9, missing("header"), missing("header")),
        (100, missing("header"), missing("header")),
        (128, missing("data"), about(0)),
        (175, missing("data"), about(47)),
    ];
    for (len, from_reader, from_file) in cases {
        let file = Temporary::with(&format!("short-{len}"), &whole[..len]);
        let error = load_npy::<f64>(&file.0).unwrap_err().to_string();
        assert!(error.ends_with(&from_file), "{error}");
        let error = read_npy::<f64>(&whole[..len]).unwrap_err();
        assert_eq!(error.to_string(), format!("npy: {from_reader}"));
    }
    let long = [&whole[..], &[0]].concat();
    let file = Temporary::with("long", &long);
    assert!(load_npy::<f64>(&file.0).unwrap_err().to_string().ends_with(&about(49)));
    let mut reader = &long[..];
    assert_eq!(read_npy::<f64>(&mut reader).unwrap().shape(), [2, 3]);
    assert_eq!(reader, [0]);

    let magic = "npy: the file does not begin with \\x93NUMPY";
    assert_eq!(read_npy::<f64>(&b"PK\x03\x04aaaaaaaa"[..]).unwrap_err().to_string(), magic);
    let version = read_npy::<f64>(&b"\x93NUMPY\x04\x00aaaa"[..]).unwrap_err();
    assert_eq!(version.to_string(), "npy: version 4.0 is not known");
    let claim = read_npy::<f64>(&b"\x93NUMPY\x02\x00\xff\xff\xff\xff"[..]).unwrap_err();
    assert_eq!(claim.to_string(), "npy: the header has 4294967295 bytes, more than 10000");
}

#[test]
fn claims_allocate_nothing() {
    // 2⁶² bytes, of which 24 come.
    let text = "{'descr': '<f8', 'fortran_order': False, 'shape': (576460752303423488,), }";
    let file = with_header(text, &[0; 24]);
    let before = memory::stats();
    let error = read_npy::<f64>(&file[..]).unwrap_err();
    assert_eq!(error.to_string(), "npy: the data ends early");
    assert_eq!(memory::stats().allocations, before.allocations + 1);

    let file = Temporary::with("claims", &file);
    let before = memory::stats();
    let error = load_npy::<f64>(&file.0).unwrap_err().to_string();
    assert!(error.ends_with("(576460752303423488,) take 4611686018427387904 bytes, found 24"), "{error}");
    assert_eq!(memory::stats(), before);
}

#[test]
fn large_arrays_go_in_pieces() {
    let values = Storage::from_fn(&[300, 2000], |i| i as f64 * 0.5).unwrap();
    let gaps = values.view().narrow(1, 1, 2000).unwrap();
    for view in [values.view(), values.view().transpose(), values.view().flip(0).unwrap(), gaps] {
        let file = Temporary::new("pieces");
        save_npy(&file.0, &view).unwrap();
        let loaded = load_npy::<f64>(&file.0).unwrap();
        let read = read_npy::<f64>(&fs::read(&file.0).unwrap()[..]).unwrap();
        for array in [loaded, read] {
            assert_eq!(array.shape(), view.shape());
            assert_eq!(elements(array.view()), elements(&view));
        }
    }
}

#[test]
fn thousands_of_axes_are_refused() {
    let one = 1u8;
    let view = View::from_scalar(&one).broadcast_to(&[1; 3000]).unwrap();
    assert_eq!(read_npy::<u8>(&written(&view)[..]).unwrap().ndim(), 3000);
    let view = View::from_scalar(&one).broadcast_to(&[1; 4000]).unwrap();
    let error = write_npy(Vec::new(), &view).unwrap_err();
    assert_eq!(error.to_string(), "npy: 4000 axes do not fit in a header");
}

fn round_trip<T: Element>(shape: &[usize], axes: &[isize], flips: &[bool], value: impl Fn(usize) -> T) {
    let whole = Storage::from_fn(shape, value).unwrap();
    let mut view = whole.view().permute(axes).unwrap();
    for (axis, _) in flips.iter().enumerate().filter(|&(axis, &flip)| flip && axis < axes.len()) {
        view = view.flip(axis).unwrap();
    }
    let array = read_npy::<T>(&written(&view)[..]).unwrap();
    assert_eq!(array.shape(), view.shape());
    assert_eq!(elements(array.view()), elements(&view));
    let layout: &Layout = array.layout();
    assert!(if view.layout().is_fortran() { layout.is_fortran() } else { layout.is_contiguous() });
}

proptest! {
    #[test]
    fn any_view_comes_back(
        (shape, axes) in proptest::collection::vec(0usize..5, 0..5).prop_flat_map(|shape| {
            let axes: Vec<isize> = (0..shape.len() as isize).collect();
            (Just(shape), Just(axes).prop_shuffle())
        }),
        flips in proptest::collection::vec(any::<bool>(), 5),
        bits in any::<u64>(),
    ) {
        let bits = |i: usize| bits.wrapping_mul(i as u64 + 1).rotate_left(i as u32);
        round_trip(&shape, &axes, &flips, |i| f64::from_bits(bits(i)));
        round_trip(&shape, &axes, &flips, |i| f32::from_bits(bits(i) as u32));
        round_trip(&shape, &axes, &flips, |i| bits(i) as i16);
        round_trip(&shape, &axes, &flips, |i| bits(i) & 1 == 1);
        round_trip(&shape, &axes, &flips, |i| Complex32::new(i as f32, bits(i) as f32));
    }

    #[test]
    fn damage_is_an_error_or_another_array(
        at in 0usize..128,
        byte in any::<u8>(),
        cut in 0usize..176,
    ) {
        let mut file = fs::read(fixture("float64")).unwrap();
        file[at] = byte;
        let _ = read_npy::<f64>(&file[..]);
        let _ = read_npy::<f64>(&file[..cut]);
    }

    #[test]
    fn noise_is_an_error(text in "[\\[\\](){}:,'\"a-zTF0-9<>| -]{0,80}") {
        prop_assert!(read_npy::<f64>(&with_header(&text, &[0; 64])[..]).is_err());
    }
}

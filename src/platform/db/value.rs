/// What a statement carries. An absent value keeps its type, which PostgreSQL wants to know.
#[derive(Clone, Debug)]
pub enum Value {
    Uuid(Option<uuid::Uuid>),
    Text(Option<String>),
    Int(Option<i64>),
    Bool(bool),
    Bytes(Option<Vec<u8>>),
}

macro_rules! values {
    ($($from:ty => |$v:ident| $to:expr),+ $(,)?) => {$(
        impl From<$from> for Value {
            fn from($v: $from) -> Self { $to }
        }
    )+};
}
values! {
    uuid::Uuid => |v| Self::Uuid(Some(v)),
    &str => |v| Self::Text(Some(v.into())),
    String => |v| Self::Text(Some(v)),
    &String => |v| Self::Text(Some(v.clone())),
    Option<String> => |v| Self::Text(v),
    Option<&str> => |v| Self::Text(v.map(Into::into)),
    i64 => |v| Self::Int(Some(v)),
    i32 => |v| Self::Int(Some(v.into())),
    u32 => |v| Self::Int(Some(v.into())),
    Option<i64> => |v| Self::Int(v),
    bool => |v| Self::Bool(v),
    Vec<u8> => |v| Self::Bytes(Some(v)),
    &[u8] => |v| Self::Bytes(Some(v.to_vec())),
    Option<Vec<u8>> => |v| Self::Bytes(v),
}

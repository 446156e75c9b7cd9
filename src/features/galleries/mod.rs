//! Galleries as the photographer makes them: titles, order, cover, publishing, uploading into them.

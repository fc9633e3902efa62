"""The main job without a browser: each chapter is a page of sentences that must hold."""
